import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import { readSettings } from '../core/settings.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { detect } from './detect.ts'
import { emptyRecords, eventAt, loadRows } from './load-world.ts'
import { lastRandomDay } from './random-episodes.ts'
import { randomWorldPart } from './random-world.ts'
import { expandWorld, type LakeRow, type WorldPart } from './record-world.ts'
import { readMoment } from './world-times.ts'

const day0 = '2025-06-02'
const clock = fixedClock('2026-01-01T00:00:00Z')

let lake: Lake
before(async () => {
  const settings = readSettings(
    { UPSTANDER_LAKE_THREADS: '1' },
    { dataDir: mkdtempSync(join(tmpdir(), 'upstander-')) },
  )
  lake = await openLake(settings)
})
after(() => lake.close())

type Rows = ReadonlyMap<string, readonly LakeRow[]>

/** Rows of a world, one a key: intake keeps the last. */
const rowsOf = (part: WorldPart): Rows => {
  const { feeds } = readFeeds()
  return new Map(
    [...expandWorld({ day0, ...part })].map(([name, rows]) => {
      const key = feeds.find(feed => feed.name === name)?.primaryKey ?? []
      return [name, [...new Map(rows.map(row => [key.map(column => row[column]).join('\n'), row])).values()]]
    }),
  )
}

const part = (rows: Rows, keep: (at: string | undefined) => boolean): Rows => {
  const { feeds } = readFeeds()
  return new Map(
    [...rows].map(([name, own]) => {
      const feed = feeds.find(each => each.name === name)
      return [name, own.filter(row => keep(feed && eventAt(feed, row)))]
    }),
  )
}

const dayOf = (day: number): string => readMoment(`D${day}`, { day0, shift: 0, kind: 'date', where: 'day' })

type Outcome = { findings: string[]; scores: Map<string, string> }

/** Findings and scores up to a day, each as one line. */
const outcome = async (upTo: string): Promise<Outcome> => {
  const findings = await lake.rows<{ line: string }>(
    `select toJSONString(tuple(found_on, indicator, staff_id, person_id, points, count, first_at, last_at, arraySort(evidence), detail)) as line
     from upstander.findings where found_on <= {upTo:Date} order by line`,
    { upTo },
  )
  const scores = await lake.rows<{ key: string; line: string }>(
    `select concat(toString(on_day), ' ', staff_id, ' ', person_id) as key, concat(toString(points), ' ', band) as line
     from upstander.scores where on_day <= {upTo:Date} order by key`,
    { upTo },
  )
  return { findings: findings.map(row => row.line), scores: new Map(scores.map(row => [row.key, row.line])) }
}

const run = async (rows: Rows, options: { shards?: number; extraDays?: string[] } = {}): Promise<void> => {
  await emptyRecords(lake)
  await loadRows(lake, rows)
  await detect({ lake, clock, progress: silentProgress }, options)
}

/** The runs are slow: a failure is told at once, with its seed, rather than made smaller. */
const tries = { numRuns: 2, endOnFailure: true } as const
const days = fc.integer({ min: 6, max: lastRandomDay - 4 })

const anywhere = dayOf(lastRandomDay + 30)

test('cutting the records at the end of a day leaves every finding and score up to that day as it was', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorldPart, fc.array(days, { minLength: 2, maxLength: 2 }), async (world, cuts) => {
      const rows = rowsOf(world)
      const extraDays = cuts.map(dayOf)
      await run(rows, { extraDays })
      const full = new Map<string, Outcome>()
      for (const day of extraDays) full.set(day, await outcome(day))
      for (const day of extraDays) {
        await run(
          part(rows, at => at === undefined || at <= `${day} 23:59:59`),
          { extraDays },
        )
        const cut = await outcome(day)
        assert.deepEqual(cut.findings, full.get(day)?.findings)
        for (const [key, line] of full.get(day)?.scores ?? []) assert.equal(cut.scores.get(key), line, key)
      }
    }),
    tries,
  )
})

test('two or three parts of the staff united give the findings and scores of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorldPart, fc.constantFrom(2, 3), async (world, shards) => {
      const rows = rowsOf(world)
      await run(rows, { shards: 1 })
      const whole = await outcome(anywhere)
      assert.ok(whole.findings.length > 0)
      await run(rows, { shards })
      assert.deepEqual(await outcome(anywhere), whole, `${shards} parts`)
    }),
    tries,
  )
})

test('records that come in two batches give the findings of one build', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorldPart, days, async (world, day) => {
      const rows = rowsOf(world)
      const end = `${dayOf(day)} 23:59:59`
      await run(part(rows, at => at === undefined || at <= end))
      await loadRows(
        lake,
        part(rows, at => at !== undefined && at > end),
      )
      const result = await detect({ lake, clock, progress: silentProgress })
      assert.equal(result.rebuilt, 'changes')
      const bit = await outcome(anywhere)
      await detect({ lake, clock, progress: silentProgress }, { full: true })
      assert.deepEqual(bit, await outcome(anywhere))
    }),
    tries,
  )
})
