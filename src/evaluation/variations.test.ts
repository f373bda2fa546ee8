import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildWorld, openTestLake } from '../detection/built-world.ts'
import type { Lake } from '../lake/lake.ts'
import { evasions } from './evasions.ts'
import { ablations, losses } from './feed-variations.ts'
import type { Truth } from './truth.ts'
import { withVariation, type Variation } from './variation.ts'

const device = '+447700900001'
const [victim, other] = ['+447700900106', '+447700900107']
const truth: Truth = {
  offences: [{ staff_id: 'S1', person_id: 'P1', first_improper_on: '2025-06-02' }],
  roles: [],
}

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const rung = (other_address: string, at: string) => ({ device_address: device, other_address, at })
  await buildWorld(lake, {
    day0: '2025-06-02',
    rosters: [{ staff_id: 'S1', from: 'D-10', to: 'D40', hours: '08:00-16:00' }],
    records: {
      units: [{ unit_id: 'V1' }],
      sites: [{ site_id: 'A', kind: 'station', lat: 51, lon: -2 }],
      person_addresses: [
        { person_id: 'P1', lat: 52, lon: -1 },
        { person_id: 'P2', lat: 52, lon: -1.2 },
      ],
      person_numbers: [
        { person_id: 'P1', number: victim },
        { person_id: 'P2', number: other },
      ],
      devices: [{ address: device, staff_id: 'S1' }],
      billing: [rung(victim, 'D1 12:00'), rung(victim, 'D10 12:00'), rung(other, 'D10 12:00')],
      stops: ['P1', 'P2'].map(person => ({ staff_id: 'S1', person_id: person, at: 'D-5 10:00' })),
    },
    visits: [
      { unit_id: 'V1', staff: ['S1'], at: 'D5 10:00', minutes: 30, place: [52, -1] },
      { unit_id: 'V1', staff: ['S1'], at: 'D6 10:00', minutes: 30, place: [52, -1.2] },
    ],
  })
})
after(() => lake.close())

const one = (variations: readonly Variation[], key: string): Variation => {
  const found = variations.find(each => each.key === key)
  assert.ok(found, key)
  return found
}

const billed = () =>
  lake.rows<{ other_address: string; day: string }>(
    'select other_address, toString(toDate(at)) as day from upstander.billing order by other_address, day',
  )

/** Fixes of a day within so many metres of a place. */
const fixesNear = async (day: string, lat: number, lon: number, metres = 60): Promise<number> => {
  const [row] = await lake.rows<{ fixes: number }>(
    `select count() as fixes from upstander.positions
     where toDate(at) = {day:Date} and greatCircleDistance(lon, lat, {lon:Float64}, {lat:Float64}) <= {metres:UInt32}`,
    { day, lat, lon, metres },
  )
  return row?.fixes ?? 0
}

test('an offender who moves to a personal telephone on day 3 leaves the bill with that person, and only with that person', async () => {
  const before = await billed()
  await withVariation(lake, one(await evasions(lake, truth), 'personal_phone'), async () => {
    assert.deepEqual(await billed(), [
      { other_address: victim, day: '2025-06-03' },
      { other_address: other, day: '2025-06-12' },
    ])
  })
  assert.deepEqual(await billed(), before)
})

test('an offender who parks 300 m away is seen there, and visits to others stay where they were', async () => {
  const [home, others] = [await fixesNear('2025-06-07', 52, -1), await fixesNear('2025-06-08', 52, -1.2)]
  assert.ok(home > 5 && others > 5)
  await withVariation(lake, one(await evasions(lake, truth), 'parks_away'), async () => {
    assert.ok((await fixesNear('2025-06-07', 52.002695, -1)) > 5)
    assert.ok((await fixesNear('2025-06-07', 52, -1)) < home / 2)
    assert.equal(await fixesNear('2025-06-08', 52, -1.2), others)
  })
  assert.equal(await fixesNear('2025-06-07', 52, -1), home)
})

test('with the radio off nothing is left of the visit; in their own car the force vehicle stands at a station', async () => {
  const made = await evasions(lake, truth)
  await withVariation(lake, one(made, 'radio_off'), async () => {
    assert.equal(await fixesNear('2025-06-07', 52, -1), 0)
  })
  await withVariation(lake, one(made, 'own_car'), async () => {
    assert.equal(await fixesNear('2025-06-07', 52, -1), 0)
    assert.ok((await fixesNear('2025-06-07', 51, -2)) > 5)
  })
})

test('every kind of record can be taken away whole or in part, and is put back, also where the work fails', async () => {
  const count = async (feed: string): Promise<number> => {
    const [row] = await lake.rows<{ rows: number }>(`select count() as rows from upstander.${feed}`)
    return row?.rows ?? 0
  }
  const positions = await count('positions')
  for (const variation of ablations())
    await withVariation(lake, variation, async () => {
      for (const { feed } of variation.changes) assert.equal(await count(feed), 0, feed)
    })
  await withVariation(lake, one(losses(1), 'lost_positions_30'), async () => {
    const kept = (await count('positions')) / positions
    assert.ok(kept > 0.5 && kept < 0.9, String(kept))
  })
  const failing = withVariation(lake, one(ablations(), 'without_billing'), () =>
    Promise.reject(new Error('stopped')),
  )
  await assert.rejects(failing, /stopped/)
  assert.equal(await count('positions'), positions)
  assert.equal(await count('billing'), 3)
})
