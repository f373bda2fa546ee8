import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildWorld, openTestLake } from '../../../detection/built-world.ts'
import { readStaffHistory } from '../../../detection/staff-history.ts'
import type { Lake } from '../../../lake/lake.ts'
import { staffHistoryLine } from './staff-history-line.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const about = { staff_id: 'S1' }
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: [about],
      intelligence: [
        { ...about, category: 'improper_contact', received_on: '2009-03-12' },
        { ...about, category: 'harassment', received_on: '2014-05-03', corroborated: true },
        { ...about, category: 'other', received_on: '2018-01-01', resolved_on: '2018-02-01' },
        { ...about, category: 'sexual_conduct', received_on: 'D0', resolved_on: 'D20' },
      ],
      complaints: [
        {
          ...about,
          category: 'discourtesy',
          received_on: '2020-01-01',
          outcome: 'not_upheld',
          resolved_on: '2020-06-01',
        },
        { ...about, category: 'discourtesy', received_on: 'D1' },
      ],
    },
  })
})
after(() => lake.close())

const lineOn = async (day: string, staff = 'S1') => staffHistoryLine(await readStaffHistory(lake, staff, day))

test('intelligence of sixteen years ago stands on the line until it is recorded as resolved', async () => {
  assert.equal(
    await lineOn('2025-06-10'),
    '3 reports of intelligence not recorded as resolved (improper contact, 12 March 2009; harassment, 3 May 2014, corroborated; sexual conduct, 2 June 2025); 1 report of intelligence recorded as resolved; 2 complaints, 1 of them open',
  )
})

test('what is resolved is counted and no longer told', async () => {
  assert.match(await lineOn('2025-06-22'), /^2 reports .*; 2 reports of intelligence recorded as resolved/)
})

test('a report that came later says nothing yet, and who has no history has no line', async () => {
  assert.match(
    await lineOn('2010-01-01'),
    /^1 report of intelligence not recorded as resolved \(improper contact, 12 March 2009\)$/,
  )
  assert.equal(await lineOn('2025-06-10', 'S2'), '')
})
