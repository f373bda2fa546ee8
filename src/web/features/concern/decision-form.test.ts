import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDecisionForm } from './decision-form.ts'

test('three boxes make one day', () => {
  const { input } = readDecisionForm({
    kind: 'keep_watching',
    'until-day': '1',
    'until-month': ' 9',
    'until-year': '2026',
  })
  assert.equal(input.until, '2026-09-01')
})

test('what was typed is kept as it was, also a day that is none', () => {
  const { typed } = readDecisionForm({
    'until-day': '31',
    'until-month': 'Sept',
    'until-year': '26',
    reason: ' short ',
  })
  assert.deepEqual(typed, {
    kind: '',
    explanation: '',
    untilDay: '31',
    untilMonth: 'Sept',
    untilYear: '26',
    reason: 'short',
  })
})

test('a field sent twice or far too long is not believed', () => {
  const { input } = readDecisionForm({
    kind: ['develop', 'no_concern'],
    reason: 'x'.repeat(10_000),
    version: 'two',
  })
  assert.deepEqual([input.kind, input.reason, input.version], ['', '', undefined])
})
