import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expandWorld, mergeWorlds, type World } from './record-world.ts'

const day0 = '2025-06-02'
const rowsOf = (world: World, feed: string) => expandWorld(world).get(feed) ?? []

test('times are read from the day called D0, before and after it', () => {
  const [access] = rowsOf(
    {
      day0,
      records: { system_access: [{ access_id: 'A', staff_id: 'S', subject_id: 'P', at: 'D-1 14:05:30' }] },
    },
    'system_access',
  )
  assert.equal(access?.at, '2025-06-01 14:05:30')
  const [flag] = rowsOf(
    { day0, records: { person_flags: [{ person_id: 'P', flag: 'missing', from_on: 'D2' }] } },
    'person_flags',
  )
  assert.equal(flag?.from_on, '2025-06-04')
})

test('a repeated row shifts every time and tells its key apart', () => {
  const rows = rowsOf(
    {
      day0,
      records: {
        duties: [
          {
            duty_id: 'd',
            staff_id: 'S',
            start_at: 'D0 22:00',
            end_at: 'D1 06:00',
            repeat: 2,
            every: '1d',
          },
        ],
      },
    },
    'duties',
  )
  assert.deepEqual(rows, [
    {
      duty_id: 'd-1',
      staff_id: 'S',
      start_at: '2025-06-02 22:00:00',
      end_at: '2025-06-03 06:00:00',
      kind: 'rostered',
    },
    {
      duty_id: 'd-2',
      staff_id: 'S',
      start_at: '2025-06-03 22:00:00',
      end_at: '2025-06-04 06:00:00',
      kind: 'rostered',
    },
  ])
})

test('a misspelt feed, field or value is refused with the nearest right one', () => {
  assert.throws(() => expandWorld({ day0, records: { biling: [{}] } }), /no feed "biling".*"billing"/)
  assert.throws(
    () => expandWorld({ day0, records: { staff: [{ stafff_id: 'S' }] } }),
    /no field of staff "stafff_id".*"staff_id"/,
  )
  assert.throws(
    () =>
      expandWorld({
        day0,
        records: { absences: [{ staff_id: 'S', kind: 'sik', start_at: 'D0', end_at: 'D1' }] },
      }),
    /no value of absences.kind "sik".*"sick"/,
  )
})

test('a row that lacks what nobody can guess is refused', () => {
  assert.throws(
    () => expandWorld({ day0, records: { billing: [{ at: 'D0' }] } }),
    /billing: a row lacks device_address/,
  )
})

test('a night roster ends on the next morning and leaves out the days off', () => {
  const duties = rowsOf(
    { day0, rosters: [{ staff_id: 'S', from: 'D0', to: 'D2', hours: '22:00-06:00', off: ['D1'] }] },
    'duties',
  )
  assert.deepEqual(
    duties.map(duty => [duty.start_at, duty.end_at]),
    [
      ['2025-06-02 22:00:00', '2025-06-03 06:00:00'],
      ['2025-06-04 22:00:00', '2025-06-05 06:00:00'],
    ],
  )
})

test('a visit drives in, stands for its minutes and drives away, with its crew booked around it', () => {
  const world = {
    day0,
    visits: [
      { unit_id: 'V', staff: ['S'], at: 'D0 10:00', minutes: 10, place: [52, -1] as [number, number] },
    ],
  }
  const fixes = rowsOf(world, 'positions')
  const standing = fixes.filter(fix => fix.lon === -1)
  assert.equal(standing.length, 41)
  assert.ok(fixes.length > standing.length)
  assert.deepEqual(rowsOf(world, 'crewing'), [
    { unit_id: 'V', staff_id: 'S', start_at: '2025-06-02 09:30:00', end_at: '2025-06-02 10:40:00' },
  ])
})

test('a case adds its rows to those of the world it begins with', () => {
  const world = mergeWorlds(
    { day0, records: { staff: [{ staff_id: 'A' }] } },
    { records: { staff: [{ staff_id: 'B' }] } },
  )
  assert.deepEqual(
    rowsOf(world, 'staff').map(row => row.staff_id),
    ['A', 'B'],
  )
})
