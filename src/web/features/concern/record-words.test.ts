import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordWords } from './record-words.ts'

test('records stand under the name of their feed, each with its own key unchanged', () => {
  assert.equal(
    recordWords(['contact_log:E05G3NUD', 'stay:V1:2025-06-01', 'contact_log:E1EF05JL']),
    'Contact log E05G3NUD, E1EF05JL; Stay V1:2025-06-01',
  )
})

test('a masked record keeps its short word, and one without a key its own', () => {
  assert.equal(recordWords(['allocations 7F3AK']), 'Allocations 7F3AK')
  assert.equal(recordWords(['X1']), 'X1')
  assert.equal(recordWords([]), '')
})
