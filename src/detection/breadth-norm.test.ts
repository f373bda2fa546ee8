import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { creditAll, findAll } from './findings.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
})
after(() => lake.close())

const team = Array.from({ length: 22 }, (_, at) => at + 1)
const people = [1, 2, 3, 4]
const personOf = (staff: number, person: number) => `P${staff}-${person}`
const numberOf = (staff: number, person: number) => `+4477${String(10_000_000 + staff * 10 + person)}`
const deviceOf = (staff: number) => `+4478${String(10_000_000 + staff)}`

/** Days on which breadth was found of the first of 22 response officers, who writes off duty to four victims, as so many others do to anybody. */
const foundOf = async (others: number): Promise<string[]> => {
  const writing = team.slice(0, others + 1)
  await buildWorld(lake, {
    day0: '2025-06-02',
    records: {
      staff: team.map(n => ({ staff_id: `S${n}` })),
      postings: team.map(n => ({ staff_id: `S${n}`, post: 'response', from_on: 'D-200' })),
      devices: team.map(n => ({ address: deviceOf(n), staff_id: `S${n}` })),
      people: writing.flatMap(n => people.map(p => ({ person_id: personOf(n, p) }))),
      person_numbers: writing.flatMap(n =>
        people.map(p => ({ person_id: personOf(n, p), number: numberOf(n, p) })),
      ),
      person_flags: people.map(p => ({ person_id: personOf(1, p), flag: 'domestic_abuse_victim' })),
      billing: writing.flatMap(n =>
        people.map(p => ({
          device_address: deviceOf(n),
          other_address: numberOf(n, p),
          at: `D0 ${19 + p}:00`,
          repeat: 4,
          every: '1d',
        })),
      ),
    },
    rosters: team.map(n => ({ staff_id: `S${n}`, from: 'D-10', to: 'D20', hours: '08:00-16:00' })),
  })
  const deps = { lake, progress: silentProgress }
  await creditAll(deps)
  await findAll(deps)
  const rows = await lake.rows<{ staff_id: string; day: string }>(
    `select staff_id, toString(found_on) as day from upstander.findings where indicator = 'many-vulnerable-people' order by staff_id, day`,
  )
  return rows.map(row => `${row.staff_id} ${row.day}`)
}

test('signs with four victims stand out where nobody else of the post has signs with so many people', async () => {
  assert.deepEqual(await foundOf(0), ['S1 2025-06-06'])
})

test('they stand out no more where others of the post have signs with as many people, vulnerable or not', async () => {
  assert.deepEqual(await foundOf(21), [])
})
