import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSecurityTests } from '../../src/cli/reference/security-tests-page.ts'
import { textOf } from './project-files.ts'

test('every attack in the list is tried by tests that are there', () => {
  const missing = readSecurityTests().flatMap(({ id, tests }) =>
    tests
      .filter(({ file, name }) => !textOf(file).includes(`'${name}'`))
      .map(({ file, name }) => `${id}: ${file} has no test “${name}”`),
  )
  assert.deepEqual(missing, [])
})

test('every attack has its own number', () => {
  const ids = readSecurityTests().map(each => each.id)
  assert.equal(new Set(ids).size, ids.length)
})
