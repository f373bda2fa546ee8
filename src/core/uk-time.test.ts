import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ukMoment } from './uk-time.ts'

test('a UK time is an hour ahead of UTC in summer and the same in winter', () => {
  assert.equal(ukMoment('2026-07-01', '14:30')?.toISOString(), '2026-07-01T13:30:00.000Z')
  assert.equal(ukMoment('2026-01-01', '14:30')?.toISOString(), '2026-01-01T14:30:00.000Z')
  assert.equal(ukMoment('2026-07-01', '00:00')?.toISOString(), '2026-06-30T23:00:00.000Z')
})

test('the hour that comes twice is read as its first, and the one that is skipped does not exist', () => {
  assert.equal(ukMoment('2026-10-25', '01:30')?.toISOString(), '2026-10-25T00:30:00.000Z')
  assert.equal(ukMoment('2026-03-29', '01:30'), undefined)
})

test('a day or time that does not exist is none', () => {
  for (const [day, time] of [
    ['2026-02-30', '10:00'],
    ['2026-06-01', '24:10'],
    ['yesterday', '10:00'],
    ['2026-06-01', 'noon'],
  ] as const)
    assert.equal(ukMoment(day, time), undefined, `${day} ${time}`)
})
