import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addWorkingDays, bankHolidays } from './working-days.ts'

test('the bank holidays of England and Wales as gov.uk lists them for 2026 and 2027', () => {
  assert.deepEqual(bankHolidays(2026), [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ])
  assert.deepEqual(bankHolidays(2027), [
    '2027-01-01',
    '2027-03-26',
    '2027-03-29',
    '2027-05-03',
    '2027-05-31',
    '2027-08-30',
    '2027-12-27',
    '2027-12-28',
  ])
})

test('Christmas on a Sunday is kept on the Tuesday, because Boxing Day has the Monday', () => {
  assert.deepEqual(bankHolidays(2022).slice(-2).sort(), ['2022-12-26', '2022-12-27'])
})

test('three working days from a Friday end on Wednesday', () => {
  assert.equal(addWorkingDays('2026-06-26', 3), '2026-07-01')
})

test('three working days from Maundy Thursday pass over Easter', () => {
  assert.equal(addWorkingDays('2026-04-02', 3), '2026-04-09')
})
