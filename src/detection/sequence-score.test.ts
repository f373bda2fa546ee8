import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect } from './detect.ts'
import { loadRecords } from './load-world.ts'
import { readPairRecord } from './pair-record.ts'
import type { World } from './record-world.ts'

const mobile = (staff: number): string => `+44770090000${staff}`
const number = (person: number): string => `+44770090010${person}`

/** Texts of S1 to P1, S2 to P2 and so on: off duty where the hour is 20. */
const texts = (pair: number, at: string, repeat: number) => ({
  device_address: mobile(pair),
  other_address: number(pair),
  at,
  repeat,
  every: '1d',
})

const pairs = [1, 2, 3]
const home: [number, number] = [52.5, -1.9]

/** S1 has a sequence whose every step is too small for an indicator of its own, S2 one whose steps are found too, S3 as S1 with its role. */
const world: World = {
  day0: '2025-06-02',
  records: {
    staff: pairs.map(n => ({ staff_id: `S${n}` })),
    devices: pairs.map(n => ({ address: mobile(n), staff_id: `S${n}` })),
    people: pairs.map(n => ({ person_id: `P${n}` })),
    person_numbers: pairs.map(n => ({ person_id: `P${n}`, number: number(n) })),
    person_addresses: pairs.map(n => ({ person_id: `P${n}`, lat: home[0], lon: home[1] + n * 0.1 })),
    disclosures: [{ staff_id: 'S3', person_id: 'P3', kind: 'known_before_duty', declared_at: 'D-30 09:00' }],
    billing: [
      ...[1, 3].flatMap(n => [
        texts(n, 'D1 10:00', 3),
        texts(n, 'D4 20:00', 2),
        texts(n, 'D30 10:00', 3),
        { ...texts(n, 'D7 11:00', 6), other_address: '+447700900555', every: '2d' },
      ]),
      texts(2, 'D1 20:00', 5),
      texts(2, 'D30 20:00', 6),
      { ...texts(2, 'D7 11:00', 6), other_address: '+447700900555', every: '2d' },
    ],
    system_access: [{ staff_id: 'S2', subject_id: 'P2', at: 'D8 10:00', repeat: 3, every: '2d' }],
  },
  rosters: pairs.map(n => ({ staff_id: `S${n}`, from: 'D-20', to: 'D50', hours: '08:00-16:00' })),
  attended: pairs.map(n => ({
    incident_id: `I${n}`,
    staff: [`S${n}`],
    person_id: `P${n}`,
    at: 'D0 10:00',
    closed_at: 'D0 12:00',
    type: 'burglary',
  })),
  visits: [1, 3].map(n => ({
    unit_id: `V${n}`,
    staff: [`S${n}`],
    at: 'D8 14:00',
    minutes: 20,
    place: [home[0], home[1] + n * 0.1],
    fix_seconds: 60,
    repeat: 2,
    every: '2d',
  })),
}

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, world)
  await detect({ lake, clock: fixedClock('2025-07-20T06:00:00Z'), progress: silentProgress })
})
after(() => lake.close())

/** The points of each family on the day the fourth step sufficed. */
const familiesOn = async (staff: string, day: string): Promise<Record<string, number>> => {
  const [row] = await lake.rows<{ parts: string; points: number }>(
    'select parts, points from upstander.scores where staff_id = {staff:String} and on_day = {day:Date}',
    { staff, day },
  )
  const parts = JSON.parse(row?.parts === undefined || row.parts === '' ? '[]' : row.parts) as {
    family: string
    points: number
  }[]
  return Object.fromEntries(parts.map(part => [part.family, part.points]))
}

test('a sequence whose steps are each too small for an indicator counts whole', async () => {
  const families = await familiesOn('S1', '2025-07-05')
  assert.deepEqual([families['F1'] ?? 0, families['F2'] ?? 0, families['F3'] ?? 0], [0, 0, 0])
  assert.equal(families['F10'], 14)
})

test('a sequence whose steps were found already adds nothing: no step counts twice', async () => {
  const families = await familiesOn('S2', '2025-07-05')
  const parts = (families['F1'] ?? 0) + (families['F2'] ?? 0) + (families['F3'] ?? 0)
  assert.ok(parts > 14, `the steps have ${parts} points of their own`)
  assert.equal(families['F10'], 0)
})

test('somebody who declared knowing the person first keeps that credit against the sequence', async () => {
  const [row] = await lake.rows<{ points: number }>(
    `select points from upstander.scores where staff_id = 'S3' and on_day = '2025-07-05'`,
  )
  assert.equal(row?.points, 8)
})

test('the record of a pair tells its sequence step by step, each with its days', async () => {
  const { facts } = await readPairRecord(lake, { staffId: 'S1', personId: 'P1' })
  assert.deepEqual(
    facts.filter(fact => fact.lane === 'sequence').map(fact => [fact.at.slice(0, 10), fact.text]),
    [
      ['2025-06-02', 'Step 1: Met on duty'],
      ['2025-06-07', 'Step 2: 2 contacts off duty'],
      ['2025-06-07', 'Step 3: Force phone silent, 2 stays'],
      ['2025-07-02', 'Step 4: Contact after the case closed'],
    ],
  )
})
