import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { systemClock } from '../core/clock.ts'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { openTestLake } from './built-world.ts'
import { detect } from './detect.ts'
import { loadRecords } from './load-world.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
})
after(() => lake.close())

const day0 = '2024-05-06'
const rebuiltAfter = async (records: Record<string, Record<string, string>[]>): Promise<string> => {
  await loadRecords(lake, { day0, records })
  const { rebuilt } = await detect({ lake, clock: systemClock, progress: silentProgress })
  return rebuilt
}

test('a night rebuilds no more than its records can change', async () => {
  assert.equal(await rebuiltAfter({ staff: [{ staff_id: 'S1' }] }), 'everything')
  assert.equal(await rebuiltAfter({}), 'nothing')
  assert.equal(
    await rebuiltAfter({
      duties: [{ staff_id: 'S1', start_at: 'D2 08:00', end_at: 'D2 16:00', kind: 'rostered' }],
    }),
    'changes',
  )
  assert.equal(await rebuiltAfter({ people: [{ person_id: 'P1' }] }), 'nothing', 'no fact reads people')
  assert.equal(
    await rebuiltAfter({ units: [{ unit_id: 'V1', kind: 'vehicle' }] }),
    'everything',
    'a unit has no day of its own',
  )
})
