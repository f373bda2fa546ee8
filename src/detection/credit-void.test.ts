import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { creditAll, findAll } from './findings.ts'
import { scorePairs } from './score-pairs.ts'

const staff = [1, 2]
const parts = ['offender_manager', 'family_liaison']

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const deps = { lake, progress: silentProgress }
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: staff.map(n => ({ staff_id: `S${n}` })),
      people: staff.map(n => ({ person_id: `P${n}` })),
      person_numbers: staff.map(n => ({ person_id: `P${n}`, number: `+44770090010${n}` })),
      devices: staff.map(n => ({ address: `+44770090000${n}`, staff_id: `S${n}` })),
      assignments: parts.map((part, at) => ({
        assignment_id: `A${at + 1}`,
        staff_id: `S${at + 1}`,
        person_id: `P${at + 1}`,
        part,
        from_at: 'D-5 09:00',
      })),
      // Six a day, half of them theirs: 168 in four weeks.
      billing: staff.flatMap(n =>
        ['out', 'in'].map(direction => ({
          device_address: `+44770090000${n}`,
          other_address: `+44770090010${n}`,
          direction,
          at: direction === 'out' ? 'D0 08:00' : 'D0 08:05',
          repeat: 84,
          every: '8h',
        })),
      ),
    },
    rosters: staff.map(n => ({ staff_id: `S${n}`, from: 'D-20', to: 'D40', hours: '08:00-16:00' })),
  })
  await creditAll(deps)
  await findAll(deps)
  await scorePairs(lake, { extraDays: ['2025-06-30'] })
})
after(() => lake.close())

const voidOf = async (n: number): Promise<boolean> => {
  const [row] = await lake.rows<{ days: number }>(
    `select count() as days from upstander.credit_voids
     where staff_id = 'S${n}' and person_id = 'P${n}' and family = 'F1' and credit = 'recorded-role'`,
  )
  return (row?.days ?? 0) > 0
}

test('three times what a post at most exchanges voids the credit of an offender manager', async () => {
  assert.equal(await voidOf(1), true)
})

test('of a family liaison officer, whose part brings two hundred contacts a month, the same is ordinary', async () => {
  assert.equal(await voidOf(2), false)
})
