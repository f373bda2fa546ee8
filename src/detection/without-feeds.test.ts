import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readFeeds } from '../intake/feeds.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { fixedClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import { openTestLake } from './built-world.ts'
import { detect } from './detect.ts'
import { emptyRecords, loadRecords } from './load-world.ts'
import { tunedWorld } from './tuned-world.ts'
import type { Lake } from '../lake/lake.ts'
import { withoutFeeds } from './without-feeds.ts'

let lake: Lake

before(async () => {
  lake = await openTestLake()
  await createFeedTables(lake, readFeeds().feeds)
  await lake.insert('upstander.incidents', [
    { incident_id: 'I1', opened_at: '2026-06-01 10:00:00', type: 'other' },
  ])
  await lake.insert('upstander.incident_actions', [
    { action_id: 'A1', incident_id: 'I1', staff_id: 'S1', at: '2026-06-01 10:00:00', action: 'created' },
  ])
})
after(() => lake.close())

test('whatever a statement says, a feed that may not be read is empty, and one whose name begins alike is not', async () => {
  const reading = await withoutFeeds(lake, ['incidents'])
  const rows = (sql: string, from = reading) => from.rows<{ n: number }>(`select count() as n from ${sql}`)
  assert.deepEqual(await rows('upstander.incidents'), [{ n: 0 }])
  assert.deepEqual(
    await rows('upstander.incidents as i join upstander.incident_actions a using (incident_id)'),
    [{ n: 0 }],
  )
  assert.deepEqual(await rows('upstander.incident_actions'), [{ n: 1 }])
  assert.deepEqual(await rows('upstander.incidents', lake), [{ n: 1 }], 'the records themselves stay')
})

test('detection without a feed has no fact and no finding of it, and leaves out the indicators that name it', async () => {
  await emptyRecords(lake)
  await loadRecords(lake, tunedWorld)
  const deps = { lake, clock: fixedClock('2025-06-23T02:00:00Z'), progress: silentProgress }
  const count = async (what: string): Promise<number> =>
    (await lake.rows<{ n: number }>(`select count() as n from upstander.${what}`))[0]?.n ?? 0
  const rules = { tunings: [], exceptions: [] }
  const whole = await detect(deps, { rules })
  assert.ok((await count("findings where arrayExists(id -> startsWith(id, 'billing:'), evidence)")) > 0)
  const without = await detect(deps, { rules: { ...rules, unread: ['billing'] } })
  assert.deepEqual([without.rebuilt, without.unread], ['everything', ['billing']])
  assert.ok(without.notRun?.includes('pair-volume'))
  assert.ok(without.findings < whole.findings)
  assert.equal(await count("contacts where startsWith(record_id, 'billing:')"), 0)
  assert.equal(await count("findings where arrayExists(id -> startsWith(id, 'billing:'), evidence)"), 0)
})
