import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueNights } from './due-nights.ts'

const due = (after: string, upTo: string, at = '02:30') =>
  dueNights(at, new Date(after), new Date(upTo)).map(
    each => `${each.night} ${each.dueAt.toISOString().slice(11, 16)}`,
  )

test('a night is due at the same UK time in winter and in summer', () => {
  assert.deepEqual(due('2026-01-10T03:00:00Z', '2026-01-12T03:00:00Z'), [
    '2026-01-11 02:30',
    '2026-01-12 02:30',
  ])
  assert.deepEqual(due('2026-07-10T03:00:00Z', '2026-07-12T03:00:00Z'), [
    '2026-07-11 01:30',
    '2026-07-12 01:30',
  ])
})

test('the nights on which the clocks change are due once each', () => {
  for (const [after, upTo, nights] of [
    ['2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z', ['2026-03-28', '2026-03-29', '2026-03-30']],
    ['2026-10-23T12:00:00Z', '2026-10-26T12:00:00Z', ['2026-10-24', '2026-10-25', '2026-10-26']],
  ] as const)
    for (const at of ['02:30', '01:30', '00:30'])
      assert.deepEqual(
        dueNights(at, new Date(after), new Date(upTo)).map(each => each.night),
        nights,
        at,
      )
})

test('the moment it is due counts, and one that is not yet due does not', () => {
  assert.deepEqual(due('2026-01-11T02:30:00Z', '2026-01-12T02:30:00Z'), ['2026-01-12 02:30'])
  assert.deepEqual(due('2026-01-11T02:30:00Z', '2026-01-12T02:29:59Z'), [])
})
