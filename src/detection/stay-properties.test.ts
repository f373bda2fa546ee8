import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { readSettings } from '../core/settings.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { runStayRule, type Stay } from './stay-rule.ts'
import { addFixes, setTracks, sinceStart, type TrackFix } from './stay-track.ts'

let lake: Lake
before(async () => {
  lake = await openLake(readSettings({}, { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) }))
  await createFeedTables(lake, readFeeds().feeds)
})
after(() => lake.close())

/** A leg of a track: how long, how fast, how noisy, how often a fix, and how long a silence before it. */
const leg = fc.record({
  seconds: fc.integer({ min: 30, max: 1500 }),
  speed: fc.constantFrom(0, 0, 0, 0.1, 0.5, 1.4, 6, 15),
  bearing: fc.double({ min: 0, max: 6.28, noNaN: true }),
  noise: fc.constantFrom(0, 5, 20, 35),
  every: fc.constantFrom(5, 15, 15, 60, 290),
  silence: fc.constantFrom(0, 0, 0, 900, 2400),
  jump: fc.constantFrom(0, 0, 30, 90, 5000),
  ignition: fc.constantFrom(true, false, undefined),
  seed: fc.integer({ min: 0, max: 9999 }),
})

const trackOf = (
  unit: string,
  legs: readonly (typeof leg extends fc.Arbitrary<infer Leg> ? Leg : never)[],
) => {
  const fixes: TrackFix[] = []
  let s = 0
  let [north, east] = [0, 0]
  for (const each of legs) {
    s += each.silence
    north += each.silence > 0 ? each.jump : 0
    for (const end = s + each.seconds; s < end; s += each.every) {
      const wobble = (salt: number) => each.noise * Math.sin(each.seed + s * salt)
      const lit = each.ignition === undefined ? {} : { ignition: each.ignition }
      fixes.push({ unit, s, north: north + wobble(1.7), east: east + wobble(2.3), ...lit })
      north += each.speed * each.every * Math.cos(each.bearing)
      east += each.speed * each.every * Math.sin(each.bearing)
    }
  }
  return fixes
}

/** Twelve units, each with a track of its own: one case tries twelve tracks. */
const tracks = fc
  .array(fc.array(leg, { minLength: 1, maxLength: 8 }), { minLength: 12, maxLength: 12 })
  .map(units => units.flatMap((legs, unit) => trackOf(`U${unit}`, legs)))

const kinds = Object.fromEntries(
  Array.from({ length: 12 }, (_, unit) => [`U${unit}`, unit % 3 === 0 ? 'radio' : 'vehicle']),
)

/** Tries a statement about tracks on 48 of them, the same each time. */
const holds = (statement: (fixes: TrackFix[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(tracks, statement), { numRuns: 4, seed: 20_251_121, endOnFailure: true })

const staysOf = async (fixes: readonly TrackFix[], settings = {}): Promise<Stay[]> => {
  await setTracks(lake, fixes, kinds)
  return runStayRule(lake, settings)
}

const spanOf = (stay: Stay) => [sinceStart(stay.start_at), sinceStart(stay.end_at)] as const

test('stays do not depend on the order in which fixes arrive', () =>
  holds(async fixes => {
    const inOrder = await staysOf(fixes)
    const later = fixes.filter((_, i) => i % 3 === 0).reverse()
    await setTracks(lake, fixes.filter((_, i) => i % 3 !== 0).reverse(), kinds)
    await addFixes(lake, later)
    assert.deepEqual(await runStayRule(lake), inOrder)
  }))

test('stays do not depend on the hour at which a track starts', () =>
  holds(async fixes => {
    const shift = 12_347
    const now = await staysOf(fixes)
    const then = await staysOf(fixes.map(fix => ({ ...fix, s: fix.s + shift })))
    assert.deepEqual(
      then.map(stay => [
        stay.unit_id,
        ...spanOf(stay).map(s => s - shift),
        stay.level,
        stay.certainty,
        stay.lat,
      ]),
      now.map(stay => [stay.unit_id, ...spanOf(stay), stay.level, stay.certainty, stay.lat]),
    )
  }))

test('what happens later changes no stay that ended more than the gap before', () =>
  holds(async fixes => {
    const whole = await staysOf(fixes)
    for (const cut of [1200, 2900, 5100]) {
      const short = await staysOf(fixes.filter(fix => fix.s <= cut))
      const settled = (stay: Stay) => sinceStart(stay.end_at) < cut - 600
      const [before, after] = [whole.map(withoutTail), short.map(withoutTail)]
      for (const stay of whole.filter(settled)) assert.ok(has(after, withoutTail(stay)))
      // One that is still open may grow: a unit whose ignition is off may turn out to have stood through the silence.
      for (const stay of short.filter(settled)) {
        assert.ok(stay.open_ended || has(before, withoutTail(stay)))
      }
    }
  }))

const has = (stays: readonly object[], stay: object): boolean =>
  stays.some(each => isDeepStrictEqual(each, stay))

/** Where a track is cut is where it ends: that alone may differ. */
const withoutTail = (stay: Stay) => ({ ...stay, open_ended: false })

test('two halves of the units give, together, what the whole gives', () =>
  holds(async fixes => {
    const whole = await staysOf(fixes)
    const halves = [
      ...(await runStayRule(lake, { shard: 0, shards: 2 })),
      ...(await runStayRule(lake, { shard: 1, shards: 2 })),
    ]
    const key = (stay: Stay) => `${stay.unit_id} ${stay.start_at}`
    assert.deepEqual(
      halves.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
      whole.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    )
  }))

test('every stay is long enough, within its circle, and overlaps no other', () =>
  holds(async fixes => {
    const stays = await staysOf(fixes)
    for (const stay of stays) {
      const [from, to] = spanOf(stay)
      assert.ok(stay.radius_m <= 60.01)
      assert.ok(to - from >= (stay.level === 'stay' ? 480 : 120))
    }
    for (const [i, stay] of stays.entries()) {
      const next = stays[i + 1]
      if (next?.unit_id === stay.unit_id) assert.ok(next.start_at >= stay.end_at)
    }
  }))

test('whatever stood eight minutes with all its fixes within 60 m of each other is seen', () =>
  holds(async fixes => {
    const stays = await staysOf(fixes)
    for (const unit of Object.keys(kinds)) {
      const track = fixes.filter(fix => fix.unit === unit)
      for (const [i, first] of track.entries()) {
        const last = lastTogether(track, i)
        if (last - first.s < 480) continue
        const seen = stays.some(stay => {
          const [from, to] = spanOf(stay)
          return stay.unit_id === unit && from <= last && to >= first.s
        })
        assert.ok(seen, `${unit} stood from ${first.s} to ${last}`)
      }
    }
  }))

/** Second of the last fix up to which all fixes from the i-th on lie within 60 m of each other, without a silence. */
const lastTogether = (track: readonly TrackFix[], i: number): number => {
  const seen: TrackFix[] = []
  for (const fix of track.slice(i)) {
    const previous = seen.at(-1)
    const silent = previous !== undefined && fix.s - previous.s > 600
    if (silent || seen.some(other => apart(fix, other) > 60)) break
    seen.push(fix)
  }
  return seen.at(-1)?.s ?? 0
}

const apart = (a: TrackFix, b: TrackFix): number =>
  Math.hypot((a.north ?? 0) - (b.north ?? 0), (a.east ?? 0) - (b.east ?? 0))
