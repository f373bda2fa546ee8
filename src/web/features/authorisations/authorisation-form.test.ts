import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAuthorisation, readAuthorisationForm } from './authorisation-form.ts'

const daysOf = (lastDay: string, day = '') => {
  const { input } = readAuthorisationForm(freshAuthorisation({ kind: 'sweep', lastDay, day }))
  return [input.fromOn, input.toOn]
}

test('a form not yet filled in covers the last year that the records hold, however long ago they end', () => {
  assert.deepEqual(daysOf('2025-06-30'), ['2024-06-30', '2025-06-30'])
})

test('a form covers the day that somebody wanted to read, within that year or outside it', () => {
  assert.deepEqual(daysOf('2025-06-30', '2025-06-24'), ['2024-06-30', '2025-06-30'])
  assert.deepEqual(daysOf('2025-06-30', '2023-01-05'), ['2023-01-05', '2025-06-30'])
  assert.deepEqual(daysOf('2025-06-30', '2025-07-02'), ['2024-06-30', '2025-07-02'])
})
