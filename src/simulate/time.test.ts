import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber, momentText, ukMoment, weekday } from './time.ts'

test('a UK clock is an hour ahead of UTC from the last Sunday of March to the last Sunday of October', () => {
  const at = (day: string) => momentText(ukMoment(dayNumber(day), 7))
  assert.equal(at('2025-03-29'), '2025-03-29T07:00:00Z')
  assert.equal(at('2025-03-30'), '2025-03-30T06:00:00Z')
  assert.equal(at('2025-10-25'), '2025-10-25T06:00:00Z')
  assert.equal(at('2025-10-26'), '2025-10-26T07:00:00Z')
})

test('an hour past 24 falls on the next day', () => {
  assert.equal(momentText(ukMoment(dayNumber('2025-01-31'), 25.5)), '2025-02-01T01:30:00Z')
})

test('30 June 2025 was a Monday', () => {
  assert.equal(weekday(dayNumber('2025-06-30')), 0)
})
