import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildFacts } from './build-facts.ts'
import { openTestLake } from './built-world.ts'
import { loadRecords } from './load-world.ts'
import { auditStaff } from './system-audit.ts'

const access = (access_id: string, at: string, subject_kind: string, subject_id: string) => ({
  ...{
    access_id,
    staff_id: 'S1',
    at,
    system: 'RMS',
    action: 'view',
    subject_kind,
    subject_id,
    remote: false,
  },
})

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, {
    day0: '2025-06-02',
    records: {
      staff: [{ staff_id: 'S1' }],
      person_addresses: [{ person_id: 'FRIEND', lat: 52.00001, lon: -1 }],
      system_access: [
        access('L1', 'D2 10:00', 'person', 'P1'),
        access('L2', 'D2 11:00', 'person', 'FRIEND'),
        access('L3', 'D2 12:00', 'address', '52.00001 -1.00000'),
      ],
    },
  })
  await buildFacts({ lake, progress: silentProgress })
})
after(() => lake.close())

const audit = (people: readonly string[] = []) =>
  auditStaff(
    lake,
    { staffId: 'S1', fromOn: '2025-06-01', toOn: '2025-06-30', without: { staffIds: [], personIds: people } },
    { limit: 10, offset: 0 },
  )

test('COI-09: to a reader who is close to somebody an audit is what it would be without the look-ups that concern them', async () => {
  const every = await audit()
  assert.deepEqual(
    every.rows.map(row => row.recordId),
    ['system_access:L3', 'system_access:L2', 'system_access:L1'],
  )
  const close = await audit(['FRIEND'])
  assert.deepEqual([close.total, close.rows.map(row => row.recordId)], [1, ['system_access:L1']])
  await lake.run(`delete from upstander.system_access where access_id in ('L2', 'L3')`)
  await lake.run(`delete from upstander.lookups where record_id != 'system_access:L1'`)
  assert.deepEqual(await audit(), close)
})
