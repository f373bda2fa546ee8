import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import type { WorldPart } from './record-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
})
after(() => lake.close())

type Rows = NonNullable<WorldPart['records']>

/** A unit that is heard, falls silent for so many minutes, and is heard again so many metres further north. */
const heardAgain = (
  minutes: number,
  metres: number,
  { kind = 'vehicle', ignition = true }: { kind?: string; ignition?: boolean } = {},
): Rows => {
  const clock = (total: number) =>
    `D0 ${String(10 + Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
  const fix = (at: number, north: number, lit: boolean) => ({
    unit_id: 'V1',
    at: clock(at),
    lat: 52 + north / 111_195,
    lon: -1,
    ignition: lit,
  })
  return {
    units: [{ unit_id: 'V1', kind }],
    positions: [fix(0, 0, ignition), fix(minutes, metres, true)],
  }
}

const met: Rows = {
  person_addresses: [{ person_id: 'P1', lat: 52.004, lon: -1 }],
  stops: [{ staff_id: 'S1', person_id: 'P1', at: 'D-5 10:00' }],
  crewing: [{ unit_id: 'V1', staff_id: 'S1', start_at: 'D0 08:00', end_at: 'D0 18:00' }],
}

/** Silences of the records, as minutes each. */
const silences = async (records: Rows): Promise<number[]> => {
  await buildWorld(lake, { day0: '2025-06-02', records })
  const rows = await lake.rows<{ minutes: number }>(
    'select toUInt32((end_at - start_at) / 60) as minutes from upstander.silences order by start_at',
  )
  return rows.map(row => row.minutes)
}

test('a unit under way that is heard again elsewhere fell silent', async () => {
  assert.deepEqual(await silences(heardAgain(20, 900)), [20])
})

test('ten minutes without a position are no silence', async () => {
  assert.deepEqual(await silences(heardAgain(10, 900)), [])
})

test('a vehicle whose engine was off had no reason to report', async () => {
  assert.deepEqual(await silences(heardAgain(20, 900, { ignition: false })), [])
})

test('a unit that is still where it was may have slept there', async () => {
  assert.deepEqual(await silences(heardAgain(20, 100)), [])
})

test('a radio is silent only when it has missed half an hour', async () => {
  assert.deepEqual(await silences(heardAgain(25, 900, { kind: 'radio' })), [])
  assert.deepEqual(await silences(heardAgain(35, 900, { kind: 'radio' })), [35])
})

test('five hours without a position are a broken tracker', async () => {
  assert.deepEqual(await silences(heardAgain(300, 900)), [])
})

test('an outage on the way past somebody’s home is no stay there and watches nothing', async () => {
  assert.deepEqual(await silences({ ...heardAgain(20, 900), ...met }), [20])
  const [row] = await lake.rows<{ stays: number; moments: number }>(
    'select (select count() from upstander.address_stays) as stays, (select count() from upstander.watched_moments) as moments',
  )
  assert.deepEqual(row, { stays: 0, moments: 0 })
})
