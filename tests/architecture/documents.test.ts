import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../../src/core/project-root.ts'
import { errorCodes } from '../../src/core/errors.ts'
import { projectFiles, textOf } from './project-files.ts'

const files = projectFiles()
const decisions = files.filter(path => /^docs\/decisions\/\d/.test(path))

test('decisions are numbered from 0001 without a gap or a double', () => {
  assert.deepEqual(
    decisions.map(path => path.slice('docs/decisions/'.length).slice(0, 4)),
    decisions.map((_, at) => String(at + 1).padStart(4, '0')),
  )
})

test('every decision has a status and says what was decided, and stands in the list', () => {
  const list = textOf('docs/decisions/README.md')
  for (const path of decisions) {
    const text = textOf(path)
    assert.match(text, /^Status: (proposed|accepted|replaced by \d{4})$/m, path)
    assert.match(text, /^## Decision\n+\S/m, path)
    assert.ok(list.includes(path.slice('docs/decisions/'.length)), `${path} is not in the list`)
  }
})

test('every link and picture of a document leads to something that is there', () => {
  const broken = files
    .filter(path => path.endsWith('.md'))
    .flatMap(path =>
      [...textOf(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter(target => !/^[a-z]+:/.test(target))
        .filter(target => !existsSync(join(projectRoot, normalize(join(dirname(path), target)))))
        .map(target => `${path} → ${target}`),
    )
  assert.deepEqual(broken, [])
})

test('every folder of src and content stands in the map of the folders', () => {
  const map = textOf('README.md')
  const folders = new Set(
    files.flatMap(path => {
      const [top = '', second = '', ...rest] = path.split('/')
      return ['src', 'content'].includes(top) && rest.length > 0 ? [`${second}/`] : []
    }),
  )
  assert.deepEqual(
    [...folders].filter(folder => !new RegExp(`(^| )${folder}[, ]`, 'm').test(map)),
    [],
  )
})

test('every failure in the list is thrown somewhere', () => {
  const code = files.filter(path => path.startsWith('src/') && path !== 'src/core/errors.ts').map(textOf)
  assert.deepEqual(
    Object.keys(errorCodes).filter(name => !code.some(text => text.includes(`'${name}'`))),
    [],
  )
})
