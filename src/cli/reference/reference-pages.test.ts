import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driftedPages } from './reference-pages.ts'

test('the reference pages say what the product does; when they do not, run: npx upstander docs', () => {
  assert.deepEqual(driftedPages(), [])
})
