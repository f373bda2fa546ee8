import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { copyEmptyStore } from '../casework-store/copy-empty-store.ts'
import { silentProgress } from '../core/progress.ts'
import { openTestLake } from '../detection/built-world.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedWorld } from '../detection/tuned-world.ts'
import { keepNights } from './keep-nights.ts'
import { listNights } from './night-store.ts'

test('a schedule that is taken up again makes up for the nights between, in one pass, and stops when told', async () => {
  const lake = await openTestLake()
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-keep-'))
  await copyEmptyStore(dataDir)
  const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
  await loadRecords(lake, tunedWorld)
  // The machine's own clock, an hour of a day away, so that nothing is due while the test runs.
  const hours = (new Date().getUTCHours() + 12) % 24
  const at = `${String(hours).padStart(2, '0')}:00`
  let ahead = 0
  const clock = { now: () => new Date(Date.now() + ahead) }
  const deps = { lake, store, clock, progress: silentProgress }
  const first = await keepNights(deps, { at, inbox: undefined })
  assert.ok(first.nextAt && first.nextAt > new Date())
  await first.stop()
  const begun = await listNights(store.db, 10)
  assert.deepEqual(
    begun.map(each => each.why),
    ['The schedule began after this night.'],
  )
  ahead = 3 * 86_400_000
  const second = await keepNights(deps, { at, inbox: undefined })
  await second.stop()
  const nights = await listNights(store.db, 10)
  assert.deepEqual(
    nights.map(each => [each.outcome, each.filledAt !== undefined]),
    [
      ['missed', true],
      ['missed', true],
      ['missed', true],
      ['ran', false],
    ],
  )
  const [run] = await lake.rows<{ runs: number }>(
    `select count() as runs from upstander.detection_runs where event = 'ended'`,
  )
  assert.equal(run?.runs, 1, 'one pass makes up for all of them')
  await store.close()
  await lake.close()
})
