import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { projectRoot } from '../../src/core/project-root.ts'
import { textOf } from './project-files.ts'

const folder = join(projectRoot, 'src/cli')
const files = readdirSync(folder).filter(file => file.endsWith('-command.ts'))

/** The verbs as their files declare them. */
const verbs = await Promise.all(
  files.map(async file => {
    const parent = new Command('upstander')
    const module = (await import(join(folder, file))) as Record<string, unknown>
    for (const [name, add] of Object.entries(module))
      if (name.startsWith('add')) (add as (parent: Command) => void)(parent)
    const [verb] = parent.commands
    assert.ok(verb, `${file} adds no verb`)
    return { file, verb }
  }),
)

test('a file of the command line is named for the verb it adds', () => {
  for (const { file, verb } of verbs) assert.equal(file, `${verb.name()}-command.ts`)
})

test('help ends with 0 and lists every verb, and the README tells of each', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(folder, 'main.ts'), '--help'],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0)
  const readMe = textOf('README.md')
  for (const { verb } of verbs) {
    assert.match(stdout, new RegExp(`^  ${verb.name()}\\b`, 'm'))
    assert.ok(readMe.includes(`| \`${verb.name()}\``), `README.md lacks ${verb.name()}`)
  }
})

test('every verb says in a sentence what it does, and so does every option of it', () => {
  for (const { verb } of verbs) {
    for (const each of [verb, ...verb.commands]) {
      assert.match(each.description(), /^[A-Z].*\.$/, each.name())
      for (const option of each.options) assert.ok(option.description, `${each.name()} ${option.flags}`)
    }
  }
})
