import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bandRank } from '../../src/core/bands.ts'
import { addDays, fixedClock, type Clock } from '../../src/core/clock.ts'
import { silentProgress } from '../../src/core/progress.ts'
import { readSettings } from '../../src/core/settings.ts'
import { detect } from '../../src/detection/detect.ts'
import { emptyRecords, loadRecords, writePackage } from '../../src/detection/load-world.ts'
import type { World } from '../../src/detection/record-world.ts'
import { readReplay, type ReplayRow } from '../../src/detection/replay.ts'
import { createFeedTables } from '../../src/intake/feed-tables.ts'
import { readFeeds } from '../../src/intake/feeds.ts'
import { intakeFolder } from '../../src/intake/intake-folder.ts'
import { openLake, type Lake } from '../../src/lake/lake.ts'
import { readReplays, type Replay } from './case-file.ts'
import { caseDay } from './case-time.ts'
import { worldOf } from './case-world.ts'
import { firstDay } from './ordinary-work.ts'

const folder = mkdtempSync(join(tmpdir(), 'upstander-acceptance-'))
const table: { case: string; pair: string; expected: string; got: string; points: number | string }[] = []

let lake: Lake
before(async () => {
  lake = await openLake(readSettings({}, { dataDir: folder }))
  await createFeedTables(lake, readFeeds().feeds)
})
after(async () => {
  await lake.close()
  console.log('The acceptance suite: what each case reaches, and when')
  console.table(table)
})

test('the acceptance suite holds each of the twelve seed cases once', () => {
  const numbers = readReplays().flatMap(each => (each.suite === 'seed' && !each.variant ? [each.number] : []))
  assert.deepEqual(
    numbers.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  )
})

/** Replays every night of a case from its first record to its last. */
const replayed = async (replay: Replay, extraDays: readonly string[]): Promise<ReplayRow[]> => {
  await emptyRecords(lake)
  const clock = fixedClock(`${addDays(replay.day0, caseDay(replay.until) + 1)}T06:00:00Z`)
  const world = worldOf(replay)
  // A case comes as a force would hand it over; what is changed in one respect, and the look-alikes, skip the taking in.
  if (replay.variant || replay.name.startsWith('control-')) await loadRecords(lake, world)
  else await takeIn(clock, world)
  await detect({ lake, clock, progress: silentProgress }, { full: true, extraDays })
  return readReplay(lake, dayAt(replay, `D${firstDay}`), dayAt(replay, replay.until))
}

const takeIn = async (clock: Clock, world: World): Promise<void> => {
  const dir = mkdtempSync(join(folder, 'package-'))
  writePackage(dir, world)
  const taken = await intakeFolder({ lake, clock }, dir)
  assert.deepEqual(taken.refused, [], 'every file of the package is taken in')
  const [batches] = await lake.rows<{ rejected: number }>(
    'select sum(rejected) as rejected from upstander.batches',
  )
  assert.equal(batches?.rejected, 0, 'every record of the package is taken in')
}

const dayAt = (replay: Replay, day: string): string => addDays(replay.day0, caseDay(day))
const countedFrom = (replay: Replay, day: string): string =>
  `D${(Date.parse(day) - Date.parse(replay.day0)) / 86_400_000}`

for (const replay of readReplays()) {
  test(`${replay.name}: reaches the bands on the days given, and no others`, async () => {
    const rows = await replayed(
      replay,
      replay.holds.map(each => dayAt(replay, each.on)),
    )
    const faults: string[] = []
    const first = (of: string, band: string): ReplayRow | undefined =>
      rows.find(row => `${row.staff_id} ${row.person_id}`.trim() === of && row.band === band)
    const tell = (of: string, expected: string, got: ReplayRow | undefined, right: boolean): void => {
      const day = got === undefined ? 'never' : countedFrom(replay, got.first_on)
      table.push({ case: replay.name, pair: of, expected, got: day, points: got?.points ?? '' })
      if (!right) faults.push(`${of}: ${expected}, got ${day}`)
    }
    for (const { of, band, between } of replay.expect) {
      const row = first(of, band)
      const [from, to] = between.map(day => dayAt(replay, day)) as [string, string]
      const inTime = row !== undefined && row.first_on >= from && row.first_on <= to
      tell(of, `${band} ${between.join('–')}`, row, inTime)
    }
    for (const { of, band, before: day } of replay.must_not) {
      const row = first(of, band)
      const tooSoon = row !== undefined && (day === undefined || row.first_on < dayAt(replay, day))
      tell(of, `no ${band}${day === undefined ? '' : ` before ${day}`}`, row, !tooSoon)
    }
    for (const { of, on, at_least, below } of replay.holds) {
      const points = await pointsOn(of, dayAt(replay, on))
      const expected = `${at_least}–${below} points on ${on}`
      table.push({ case: replay.name, pair: of, expected, got: on, points })
      if (points < at_least || points >= below) faults.push(`${of}: ${expected}, got ${points}`)
    }
    for (const row of rows.filter(each => !foreseen(replay, each))) {
      const of = `${row.staff_id} ${row.person_id}`.trim()
      tell(of, `nothing at ${row.band}`, row, false)
    }
    assert.deepEqual(faults, [])
  })
}

/** Whether the case says anything about this pair reaching this band or a higher one. Nobody else may be raised. */
const foreseen = (replay: Replay, row: ReplayRow): boolean =>
  [...replay.expect, ...replay.must_not].some(
    each =>
      each.of === `${row.staff_id} ${row.person_id}`.trim() && bandRank(each.band) >= bandRank(row.band),
  )

const pointsOn = async (of: string, day: string): Promise<number> => {
  const [staff = '', person = ''] = of.split(' ')
  const [row] = await lake.rows<{ points: number }>(
    `select argMax(points, on_day) as points from upstander.scores
     where staff_id = {staff:String} and person_id = {person:String} and on_day <= {day:Date}`,
    { staff, person, day },
  )
  return row?.points ?? 0
}
