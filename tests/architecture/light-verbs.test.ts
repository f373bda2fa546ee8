import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../../src/core/project-root.ts'
import { textOf } from './project-files.ts'

/** What a verb may read before it is asked for: words and numbers that its help shows. */
const light = ['commander', './add-verb.ts', '../core/bands.ts', '../evaluation/bootstrap.ts']

test('a verb that was not asked for reads no module but those its help needs', () => {
  const files = readdirSync(join(projectRoot, 'src/cli')).filter(file => file.endsWith('-command.ts'))
  assert.ok(files.length > 0)
  const heavy = files.flatMap(file =>
    [...textOf(`src/cli/${file}`).matchAll(/^import (?!type ).*from '(.+)'$/gm)]
      .map(([, from]) => from ?? '')
      .filter(from => !light.includes(from))
      .map(from => `${file} imports ${from}: let its run- file do so`),
  )
  assert.deepEqual(heavy, [])
})
