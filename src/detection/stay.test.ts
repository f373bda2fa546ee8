import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readSettings } from '../core/settings.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { runStayRule } from './stay-rule.ts'
import { drive, setTracks, sinceStart, stand, type TrackFix } from './stay-track.ts'

let lake: Lake
before(async () => {
  lake = await openLake(readSettings({}, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) }))
  await createFeedTables(lake, readFeeds().feeds)
})
after(() => lake.close())

/** What the rule finds in a track, short: from and to in seconds after its start, and what it is. */
const found = async (fixes: readonly TrackFix[], kinds?: Record<string, string>, settings = {}) => {
  await setTracks(lake, fixes, kinds)
  const stays = await runStayRule(lake, settings)
  return stays.map(
    stay =>
      `${sinceStart(stay.start_at)}-${sinceStart(stay.end_at)} ${stay.level} ${stay.certainty}${stay.open_ended ? ' open' : ''}`,
  )
}

/** Drives up, stands from 285 s to 885 s 3,420 m north, drives off. */
const tenMinutes = [
  ...drive(0, 270),
  ...stand(285, 885, { north: 3420 }),
  ...drive(900, 1200, { north: 3620 }),
]

test('ten minutes at one place are one stay, from the first fix at rest to the last', async () => {
  assert.deepEqual(await found(tenMinutes), ['285-885 stay known'])
})

test('a track that ends while the unit stands gives a stay up to its last fix, and says so', async () => {
  assert.deepEqual(await found(tenMinutes.filter(fix => fix.s <= 885)), ['285-885 stay known open'])
})

test('twenty silent minutes with the ignition off are one stay', async () => {
  const track = [
    ...drive(0, 270, { ignition: true }),
    ...stand(285, 300, { north: 3420, ignition: false }),
    ...stand(1500, 1515, { north: 3430, ignition: true }),
    ...drive(1530, 1800, { north: 3630, ignition: true }),
  ]
  assert.deepEqual(await found(track), ['285-1515 stay known'])
})

test('twenty silent minutes in which the unit moved 15 km are no stay', async () => {
  assert.deepEqual(await found([...drive(0, 300), ...drive(1500, 1800, { north: 18_600 })]), [])
})

test('an ignition that was off does not turn a silence that ended elsewhere into a stay', async () => {
  const track = [
    ...drive(0, 300),
    { s: 315, north: 3780, ignition: false },
    ...drive(1500, 1800, { north: 18_600 }),
  ]
  assert.deepEqual(await found(track), [])
})

test('three halts of four minutes are no stay of eight', async () => {
  const halts = [0, 1, 2].flatMap(i => [
    ...drive(i * 600, i * 600 + 300, { north: i * 4000 }),
    ...stand(i * 600 + 315, i * 600 + 555, { north: i * 4000 + 3780 }),
  ])
  assert.deepEqual(await found([...halts, ...drive(1800, 2100, { north: 12_200 })]), [
    '315-555 halt known',
    '915-1155 halt known',
    '1515-1755 halt known',
  ])
})

test('a halt after a stay on the same slow way is found too', async () => {
  const track = [
    ...stand(0, 600),
    ...drive(615, 690, { north: 45, speed: 3 }),
    ...stand(705, 945, { north: 300 }),
    ...drive(960, 1200, { north: 500 }),
  ]
  assert.deepEqual(await found(track), ['0-615 stay known', '690-945 halt known'])
})

test('a stay just under eight minutes is a halt, one of eight minutes is a stay', async () => {
  assert.deepEqual(await found([...stand(0, 465), ...drive(480, 600, { north: 300 })]), ['0-465 halt known'])
  assert.deepEqual(await found([...stand(0, 480), ...drive(495, 600, { north: 300 })]), ['0-480 stay known'])
})

test('a silence at one place with the engine running, or not known, is a row of its own that is not known', async () => {
  for (const ignition of [true, undefined]) {
    const lit = ignition === undefined ? {} : { ignition }
    const track = [...stand(0, 600, lit), ...stand(1800, 2400, lit), ...drive(2415, 2700, { north: 300 })]
    assert.deepEqual(await found(track), [
      '0-600 stay known',
      '600-1800 stay not_known',
      '1800-2400 stay known',
    ])
  }
})

test('hourly fixes at one place are one row that is not known, not many', async () => {
  assert.deepEqual(await found(stand(0, 6 * 3600, {}, 3600)), ['0-21600 stay not_known open'])
})

test('a receiver that wakes 90 m off after the ignition came on still shows the unit parked until then', async () => {
  const track = [
    ...stand(0, 60, { ignition: false }),
    { s: 1500, north: 90, ignition: true },
    ...drive(1515, 1800, { north: 270 }),
  ]
  assert.deepEqual(await found(track), ['0-1500 stay known'])
})

test('radio fixes every five minutes only ever corroborate; those of a vehicle leave it not known', async () => {
  const track = stand(0, 3600, {}, 300)
  assert.deepEqual(await found(track, { V1: 'radio' }), ['0-3600 stay corroborates open'])
  assert.deepEqual(await found(track, { V1: 'body_worn' }), ['0-3600 stay corroborates open'])
  assert.deepEqual(await found(track, { V1: 'vehicle' }), ['0-3600 stay not_known open'])
})

test('sparse fixes of a vehicle with its engine off are a known stay: it did not drive away', async () => {
  assert.deepEqual(await found(stand(0, 3600, { ignition: false }, 300)), ['0-3600 stay known open'])
})

test('one reflected fix, far or near, does not break a stay; two minutes away do', async () => {
  const parked = stand(0, 1200)
  for (const north of [80, 400]) {
    assert.deepEqual(await found(parked.map(fix => (fix.s === 600 ? { ...fix, north } : fix))), [
      '0-1200 stay known open',
    ])
  }
  const left = parked.map(fix => (fix.s > 500 && fix.s < 640 ? { ...fix, north: 400 } : fix))
  assert.deepEqual(await found(left), ['0-495 stay known', '510-630 halt known', '645-1200 stay known open'])
})

test('noise of twenty metres in every direction does not break a stay', async () => {
  const noisy = stand(0, 3600).map((fix, i) => ({
    ...fix,
    north: 28 * Math.sin(i * 7),
    east: 28 * Math.cos(i * 11),
  }))
  assert.deepEqual(await found(noisy), ['0-3600 stay known open'])
})

test('a slow approach followed by noise gives one stay, not two', async () => {
  const track = [
    ...drive(0, 45, { north: -220, speed: 4 }),
    ...stand(60, 1800).map((fix, i) => ({ ...fix, north: 20 * Math.sin(i), east: 20 * Math.cos(i * 3) })),
  ]
  const stays = await found(track)
  assert.equal(stays.length, 1)
  assert.match(stays[0] ?? '', /^(45|60)-1800 stay known open$/)
})

test('a unit that creeps 300 m in a queue for forty minutes never makes one long stay', async () => {
  await setTracks(lake, drive(0, 2400, { speed: 0.125 }))
  const stays = await runStayRule(lake)
  assert.ok(stays.length > 1)
  for (const stay of stays) {
    assert.ok(stay.radius_m <= 60)
    assert.ok(sinceStart(stay.end_at) - sinceStart(stay.start_at) <= 120 / 0.125)
  }
})

test('a stay of fixes each second is found as well as one of fixes each fifteen', async () => {
  const track = [
    ...drive(0, 299, {}, 1),
    ...stand(300, 900, { north: 3600 }, 1),
    ...drive(901, 1200, { north: 3612 }, 1),
  ]
  const [stay, ...more] = await found(track)
  assert.deepEqual(more, [])
  assert.match(stay ?? '', /^29\d-90\d stay known$/)
})

test('centre, size and kind of a stay are those of its fixes', async () => {
  await setTracks(lake, tenMinutes)
  const [stay] = await runStayRule(lake)
  assert.ok(stay)
  assert.ok(Math.abs(stay.lat - (52.5 + 3420 / 111_195.08)) < 1e-6)
  assert.ok(Math.abs(stay.lon + 1.9) < 1e-6)
  assert.equal(stay.fixes, 41)
  assert.equal(stay.unit_kind, 'vehicle')
  assert.ok(stay.radius_m < 1)
})

test('rebuilt from a moment on, the stays that start then or later are those of the whole', async () => {
  const days = Array.from({ length: 6 }, (_, day) =>
    tenMinutes.map(fix => ({ ...fix, s: fix.s + day * 86_400 })),
  )
  await setTracks(lake, days.flat())
  const whole = await runStayRule(lake)
  const from = '2025-06-04 09:05:00'
  assert.deepEqual(
    await runStayRule(lake, { from }),
    whole.filter(stay => stay.start_at >= from),
  )
  assert.equal(whole.length, 6)
})

test('a unit that has stood for days is not given a second stay by a rebuild from the middle', async () => {
  await setTracks(lake, stand(0, 5 * 86_400, { ignition: false }, 1800))
  assert.equal((await runStayRule(lake)).length, 1)
  assert.deepEqual(await runStayRule(lake, { from: '2025-06-04 00:00:00' }), [])
})

test('a parked unit whose noise now and then just leaves the circle is one stay', async () => {
  const parked = stand(0, 7200).map((fix, i) => ({ ...fix, north: i % 17 === 8 ? 66 : 25 * Math.sin(i) }))
  assert.deepEqual(await found(parked), ['0-7200 stay known open'])
  await setTracks(lake, parked)
  const [stay] = await runStayRule(lake)
  assert.ok(stay && stay.radius_m <= 60)
})
