import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { isTest, linesWith, projectFiles, textOf } from './project-files.ts'

const files = projectFiles()
const typescript = files.filter(path => path.endsWith('.ts'))
const lengthOf = (path: string): number => textOf(path).split('\n').length - 1

test('no file of code is longer than 300 lines', () => {
  const code = files.filter(path => /^(src|tests|bench|scripts|bin)\/.*\.(ts|mjs|js|njk|css)$/.test(path))
  assert.deepEqual(
    code.filter(path => lengthOf(path) > 300),
    [],
  )
})

test('half of the files in src are shorter than 80 lines', () => {
  const lengths = typescript
    .filter(path => path.startsWith('src/'))
    .map(lengthOf)
    .toSorted((a, b) => a - b)
  assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) < 80)
})

test('a file is named for what it holds, in kebab-case: no index, utils, helpers, common or types', () => {
  const drawers = /^(index|utils?|helpers?|common|types|misc|shared)\.\w+$/
  assert.deepEqual(
    typescript.filter(path => drawers.test(basename(path)) || /[A-Z_]/.test(basename(path))),
    [],
  )
})

test('no check is switched off: no ignored error, no disabled rule, no skipped test', () => {
  const off = [
    /@ts-(ignore|nocheck|expect-error)/,
    /eslint-disable/,
    /prettier-ignore/,
    /\b(test|it|describe)\.(skip|todo|only)\(/,
    /\{ (skip|todo|only): true/,
  ]
  const own = 'tests/architecture/files.test.ts'
  assert.deepEqual(
    typescript.filter(path => path !== own).flatMap(path => off.flatMap(pattern => linesWith(path, pattern))),
    [],
  )
})

test('nothing is left for later without being said: no TODO, FIXME or XXX', () => {
  const own = 'tests/architecture/files.test.ts'
  assert.deepEqual(
    typescript.filter(path => path !== own).flatMap(path => linesWith(path, /\b(TODO|FIXME|XXX)\b/)),
    [],
  )
})

test('no file names a path of one machine, or the host that packages came from', () => {
  const binary = /\.(png|svg|parquet|gz|zst)$/
  const paths = new RegExp(`(^|[\\s"'\`(=])/(${['work', 'home', 'root', 'Users'].join('|')})/`)
  const hosts = /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)/
  assert.deepEqual(
    files
      .filter(path => !binary.test(path))
      .flatMap(path => [
        ...linesWith(path, paths),
        ...(path === 'package-lock.json' ? linesWith(path, hosts) : []),
      ]),
    [],
  )
})

test('only settings.ts and the two commands that hand it over know the environment', () => {
  assert.deepEqual(
    typescript.filter(path => path.startsWith('src/') && !isTest(path) && /process\.env/.test(textOf(path))),
    ['src/cli/run-serve.ts', 'src/cli/with-data.ts', 'src/core/settings.ts'],
  )
})
