import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { copyEmptyStore } from '../casework-store/copy-empty-store.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { clearConcerns, movableClock } from '../concerns/test-concerns.ts'
import { silentProgress } from '../core/progress.ts'
import { openTestLake } from '../detection/built-world.ts'
import { detect } from '../detection/detect.ts'
import { emptyRecords, eventAt, loadRows, writePackage } from '../detection/load-world.ts'
import { expandWorld } from '../detection/record-world.ts'
import { beginRun } from '../detection/runs.ts'
import { tunedWorld } from '../detection/tuned-world.ts'
import { readFeeds } from '../intake/feeds.ts'
import type { Lake } from '../lake/lake.ts'
import { raiseFromLake } from './detect-and-raise.ts'
import { dueNights } from './due-nights.ts'
import { listNights, listUnfilled, putNight } from './night-store.ts'
import { noticeNights } from './notice-nights.ts'
import { confirmInvented } from '../tuning/confirm-feeds.ts'
import { runNight } from './run-night.ts'

const at = '02:30'
let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRows(lake, new Map())
})
after(() => lake.close())

/** Records of the world from after one moment up to another; without a moment of their own, in the first part. */
const loadPart = (afterMoment: string, upTo: string): Promise<void> => {
  const { feeds } = readFeeds()
  return loadRows(
    lake,
    new Map(
      [...expandWorld(tunedWorld)].map(([name, rows]) => {
        const feed = feeds.find(each => each.name === name)
        return [
          name,
          rows.filter(row => {
            const moment = feed && eventAt(feed, row)
            return moment === undefined ? afterMoment === '' : moment > afterMoment && moment <= upTo
          }),
        ]
      }),
    ),
  )
}

onEachStore(store => {
  const clock = movableClock('2025-06-13T02:31:00Z')
  const deps = () => ({ lake, store: store(), clock, progress: silentProgress })
  const lastDue = () => {
    const [night] = dueNights(at, new Date(0), clock.now(), 1)
    assert.ok(night)
    return night
  }

  beforeEach(async () => {
    await emptyRecords(lake)
    await clearConcerns(store())
    await store().db.deleteFrom('nights').execute()
    clock.set('2025-06-13T02:31:00Z')
    await confirmInvented(deps(), 1_000_000)
  })

  const notice = (servingSince: string) => noticeNights(deps(), at, new Date(servingSince))

  test('before the first night is kept, none was missed', async () => {
    assert.deepEqual(await notice('2025-06-01T00:00:00Z'), [])
  })

  test('each night that passed is told with why nothing ran', async () => {
    await putNight(store().db, { ...lastDue(), outcome: 'ran', why: '' }, clock.now())
    clock.set('2025-06-17T08:00:00Z')
    // On the 15th somebody began a run, and it was stopped.
    const stopped = movableClock('2025-06-15T09:00:00Z')
    await beginRun(lake, stopped, { throughBatch: 0, content: '' })
    const noticed = await notice('2025-06-16T12:00:00Z')
    assert.deepEqual(
      noticed.map(each => [each.night, each.outcome, each.why]),
      [
        ['2025-06-14', 'missed', 'Upstander was not running.'],
        ['2025-06-15', 'failed', 'Detection began and was stopped before it ended.'],
        ['2025-06-16', 'missed', 'Upstander was not running.'],
        ['2025-06-17', 'missed', 'Upstander was running, and the machine slept or was too busy to begin.'],
      ],
    )
    assert.deepEqual(await notice('2025-06-16T12:00:00Z'), [], 'each is told once')
  })

  test('a night on which somebody ran detection by hand was not missed', async () => {
    await putNight(store().db, { ...lastDue(), outcome: 'ran', why: '' }, clock.now())
    clock.set('2025-06-14T09:00:00Z')
    await detect(deps())
    assert.deepEqual(await notice('2025-06-14T08:00:00Z'), [])
    assert.equal((await listNights(store().db, 1))[0]?.why, 'Detection was run by hand.')
  })

  test('a run takes the inbox in first, and says so when it cannot', async () => {
    // Records of days to come would be rejected.
    clock.set('2025-07-20T01:31:00Z')
    const inbox = mkdtempSync(join(tmpdir(), 'upstander-inbox-'))
    writePackage(inbox, tunedWorld)
    assert.equal(await runNight(deps(), { night: lastDue(), inbox, onTime: true }), 'ran')
    assert.deepEqual(
      (await listNights(store().db, 1)).map(each => [each.outcome, each.why]),
      [['ran', '']],
    )
    const [row] = await lake.rows<{ records: number }>('select count() as records from upstander.billing')
    assert.equal(row?.records, 18)
    clock.set('2025-07-21T01:31:00Z')
    assert.equal(await runNight(deps(), { night: lastDue(), inbox: '/nowhere', onTime: true }), 'ran')
    assert.match((await listNights(store().db, 1))[0]?.why ?? '', /^Nothing was taken in: /)
  })

  test('a run that fails is written down with its sentence, and the next makes up for it', async () => {
    const broken: Lake = { ...lake, rows: () => Promise.reject(new Error('The disk is full.')) }
    assert.equal(
      await runNight({ ...deps(), lake: broken }, { night: lastDue(), inbox: undefined, onTime: true }),
      'failed',
    )
    assert.deepEqual(
      (await listUnfilled(store().db)).map(each => [each.night, each.why]),
      [['2025-06-13', 'The disk is full.']],
    )
    clock.set('2025-06-14T02:31:00Z')
    await runNight(deps(), { night: lastDue(), inbox: undefined, onTime: true })
    assert.deepEqual(await listUnfilled(store().db), [])
  })

  test('days that are filled in get the concerns they would have had, night by night', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'upstander-nights-'))
    await copyEmptyStore(dataDir)
    const every = await openCaseworkStore({ dataDir, databaseUrl: undefined })
    const cuts = ['2025-06-12 23:59:59', '2025-06-14 23:59:59', '2025-06-15 23:59:59', '2025-06-16 23:59:59']
    let before = ''
    for (const [index, cut] of cuts.entries()) {
      await loadPart(before, cut)
      before = cut
      clock.set(`${nextDay(cut)}T01:31:00Z`)
      // One store sees every night; the other only the first and the last.
      if (index > 0 && index < cuts.length - 1) {
        const { lastDay } = await detect(deps())
        await raiseFromLake({ lake, store: every, clock }, lastDay)
        await putNight(
          store().db,
          { ...lastDue(), outcome: 'missed', why: 'Upstander was not running.' },
          clock.now(),
        )
      } else {
        await runNight(deps(), { night: lastDue(), inbox: undefined, onTime: true })
        await raiseFromLake({ lake, store: every, clock }, cut.slice(0, 10))
      }
    }
    const nightly = await entries(every)
    assert.ok(nightly.length > 0)
    assert.deepEqual(await entries(store()), nightly)
    const nights = await listNights(store().db, 10)
    assert.ok(nights.every(each => each.outcome === 'ran' || each.filledAt !== undefined))
    const days = nightly.map(each => each.split(' ').at(-1))
    for (const each of nights.filter(night => night.outcome === 'missed'))
      assert.equal(each.concerns, days.filter(day => day === dayBefore(each.night)).length, each.night)
    await every.close()
  })
})

const nextDay = (moment: string): string =>
  new Date(Date.parse(`${moment.slice(0, 10)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/** Every entry into the queue as `staff person day`. */
const entries = async ({ db }: CaseworkStore): Promise<string[]> => {
  const rows = await db
    .selectFrom('concern_history as h')
    .innerJoin('concerns as c', 'c.ref', 'h.ref')
    .select(['c.staff_id', 'c.person_id', 'h.entered_review_on'])
    .where('h.entered_review_on', 'is not', null)
    .orderBy('c.staff_id')
    .orderBy('h.entered_review_on')
    .execute()
  return rows.map(row => `${row.staff_id} ${row.person_id} ${row.entered_review_on ?? ''}`)
}
