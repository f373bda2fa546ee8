import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const stop = (unit: string, staff: string[], at: string, lon: number, more: object = {}) => ({
    unit_id: unit,
    staff,
    at,
    minutes: 10,
    place: [52, lon] as [number, number],
    ...more,
  })
  await buildWorld(lake, {
    day0: '2025-06-02',
    rosters: [{ staff_id: 'S1', from: 'D-10', to: 'D40', hours: '08:00-16:00' }],
    records: {
      units: [
        { unit_id: 'V1' },
        { unit_id: 'V2', take_home: true },
        { unit_id: 'V3', take_home: true },
        { unit_id: 'V4', take_home: false },
      ],
      person_addresses: [
        { person_id: 'P1', lat: 52, lon: -1 },
        { person_id: 'P2', lat: 52, lon: -1.1, to_on: 'D1' },
        { person_id: 'P3', lat: 52, lon: -1.2 },
        { person_id: 'P4', lat: 52.0003, lon: -1.2 },
        { person_id: 'P5', lat: 52.0008, lon: -1.2 },
        { person_id: 'P6', lat: 52, lon: -1.3 },
      ],
      person_numbers: [{ person_id: 'P6', number: '+447700900106' }],
      devices: [{ address: '+447700900001', staff_id: 'S1' }],
      billing: [{ device_address: '+447700900001', other_address: '+447700900106', at: 'D2 12:00' }],
      stops: ['P1', 'P2', 'P3', 'P4', 'P5'].map(person => ({
        staff_id: 'S1',
        person_id: person,
        at: 'D-5 10:00',
      })),
      crewing: [
        { unit_id: 'V2', staff_id: 'S1', start_at: 'D0 08:00', end_at: 'D0 16:00' },
        { unit_id: 'V3', staff_id: 'S1', start_at: 'D0 08:00', end_at: 'D0 16:00', seat: 'driver' },
        { unit_id: 'V3', staff_id: 'S2', start_at: 'D0 08:00', end_at: 'D0 16:00', seat: 'passenger' },
        { unit_id: 'V4', staff_id: 'S1', start_at: 'D0 08:00', end_at: 'D0 16:00' },
      ],
    },
    visits: [
      stop('V1', ['S1'], 'D0 10:00', -1),
      stop('V1', ['S1', 'S2'], 'D1 10:00', -1),
      stop('V1', ['S2'], 'D2 10:00', -1),
      stop('V1', ['S1'], 'D3 10:00', -1, { offset_m: 140 }),
      stop('V1', ['S1'], 'D4 10:00', -1, { offset_m: 160 }),
      stop('V1', ['S1'], 'D5 20:00', -1),
      stop('V1', ['S1'], 'D1 14:00', -1.1),
      stop('V1', ['S1'], 'D2 14:00', -1.1),
      stop('V1', ['S1'], 'D0 12:00', -1.2),
      stop('V1', ['S1'], 'D0 14:00', -1.3),
      stop('V1', ['S1'], 'D3 14:00', -1.3),
      stop('V2', [], 'D0 22:00', -1),
      stop('V3', [], 'D1 22:00', -1),
      stop('V4', [], 'D2 22:00', -1),
      stop('V2', [], 'D20 22:00', -1),
    ],
  })
})
after(() => lake.close())

/** Stays beside a person's home that began at that moment, as `staff: crew size, attribution, duty, ambiguity`. */
const beside = async (person: string, at: string): Promise<string[]> => {
  const rows = await lake.rows<{ found: string }>(
    `select concat(staff_id, ': ', toString(crew_size), ', ', attribution, ', ', duty_state, ', ', toString(ambiguity)) as found
     from upstander.address_stays where person_id = {person:String} and formatDateTime(start_at, '%d %H') = {at:String} order by found`,
    { person, at },
  )
  return rows.map(row => row.found)
}

test('a stay belongs to whoever was crewed, alone or with a colleague, and only near people they had met', async () => {
  assert.deepEqual(await beside('P1', '02 10'), ['S1: 1, crewed, on_duty, 1'])
  assert.deepEqual(await beside('P1', '03 10'), ['S1: 2, crewed, on_duty, 1'])
  assert.deepEqual(await beside('P1', '04 10'), [])
})

test('a stay off duty says so', async () => {
  assert.deepEqual(await beside('P1', '07 20'), ['S1: 1, crewed, off, 1'])
})

test('within 150 metres is beside the home, and ten metres more is not', async () => {
  assert.deepEqual(await beside('P1', '05 10'), ['S1: 1, crewed, on_duty, 1'])
  assert.deepEqual(await beside('P1', '06 10'), [])
})

test('an address counts while the person lives there', async () => {
  assert.equal((await beside('P2', '03 14')).length, 1)
  assert.deepEqual(await beside('P2', '04 14'), [])
})

test('ambiguity counts the addresses of people they had met inside the circle', async () => {
  assert.deepEqual(await beside('P3', '02 12'), ['S1: 1, crewed, on_duty, 2'])
  assert.deepEqual(await beside('P4', '02 12'), ['S1: 1, crewed, on_duty, 2'])
  assert.deepEqual(await beside('P5', '02 12'), ['S1: 1, crewed, on_duty, 3'])
})

test('having been in touch counts as having met, from then on', async () => {
  assert.deepEqual(await beside('P6', '02 14'), [])
  assert.equal((await beside('P6', '05 14')).length, 1)
})

test('a take-home vehicle that nobody is booked on is its last user’s for a fortnight', async () => {
  assert.deepEqual(await beside('P1', '02 22'), ['S1: 1, take_home, off, 1'])
  assert.deepEqual(await beside('P1', '22 22'), [])
})

test('of two who had a take-home vehicle it is the driver’s, and a pool vehicle is nobody’s', async () => {
  assert.deepEqual(await beside('P1', '03 22'), ['S1: 1, take_home, off, 1'])
  assert.deepEqual(await beside('P1', '04 22'), [])
})
