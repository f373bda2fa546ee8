import assert from 'node:assert/strict'
import { test } from 'node:test'
import ts from 'typescript'
import { projectRoot } from '../core/project-root.ts'

/** What the compiler says about a page written like this, as a file of the web folder. */
const faultsOf = (page: string): string[] => {
  const name = `${projectRoot}src/web/a-page-of-a-test.ts`
  const text = `import { definePages } from './define-pages.ts'\nexport const pages = definePages([${page}])\n`
  const { config } = ts.readConfigFile(`${projectRoot}tsconfig.json`, path => ts.sys.readFile(path)) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, projectRoot)
  const host = ts.createCompilerHost({ ...options, noEmit: true })
  const getSourceFile = host.getSourceFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.getSourceFile = (file, target) =>
    file === name ? ts.createSourceFile(file, text, target) : getSourceFile(file, target)
  host.fileExists = file => file === name || fileExists(file)
  const program = ts.createProgram([name], { ...options, noEmit: true }, host)
  const file = program.getSourceFile(name)
  return program
    .getSemanticDiagnostics(file)
    .map(each => ts.flattenDiagnosticMessageText(each.messageText, '\n'))
}

const rest = "method: 'GET', path: '/x', purpose: 'Test', handle: () => Promise.resolve('missing' as const)"

test('a page compiles only with its permission and its audit event', () => {
  assert.deepEqual(faultsOf(`{ ${rest}, permission: 'read-queue', audit: 'queue-read' }`), [])
  assert.match(faultsOf(`{ ${rest}, audit: 'queue-read' }`).join(), /permission/)
  assert.match(faultsOf(`{ ${rest}, permission: 'read-queue' }`).join(), /audit/)
  assert.match(faultsOf(`{ ${rest}, permission: 'read-all', audit: 'queue-read' }`).join(), /read-all/)
  assert.match(faultsOf(`{ ${rest}, permission: 'read-queue', audit: 'looked' }`).join(), /looked/)
})
