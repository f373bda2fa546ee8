import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { silentProgress } from '../core/progress.ts'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'
import { findAll } from './findings.ts'

/** Day 0 begins a block of twenty-eight days. */
const day0 = '2025-06-05'

const indicators = ['unexplained-look-up', 'off-duty-look-up', 'look-up-after-closure']

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const members = (post: string, people: number) =>
    Array.from({ length: 20 }, (_, n) => ({
      staff: `${post} ${n}`,
      post,
      met: Array.from({ length: people }, (_unused, m) => `${post} ${n} met ${m}`),
    }))
  // In the one post everybody looks up four of the people they met for no recorded purpose, in the other nobody does.
  const all = [...members('control_room', 4), ...members('response', 0)]
  const watched = ['control_room 0', 'response 0']
  await buildWorld(lake, {
    day0,
    rosters: watched.map(staff => ({ staff_id: staff, from: 'D-60', to: 'D60', hours: '08:00-16:00' })),
    attended: watched.map(staff => ({
      incident_id: `of ${staff}`,
      staff: [staff],
      person_id: `person of ${staff}`,
      at: 'D-50 10:00',
      closed_at: 'D-50 12:00',
    })),
    records: {
      postings: all.map(each => ({ staff_id: each.staff, post: each.post })),
      stops: all.flatMap(({ staff, met }) =>
        met.map(person => ({ stop_id: person, staff_id: staff, person_id: person, at: 'D-55 10:00' })),
      ),
      system_access: [
        ...all.map(each => ({
          staff_id: each.staff,
          subject_id: 'nobody met',
          at: 'D-56 09:00',
          repeat: 4,
          every: '20d',
        })),
        ...all.flatMap(({ staff, met }) =>
          met.map(person => ({ staff_id: staff, subject_id: person, at: 'D-20 11:00' })),
        ),
        ...watched.flatMap(staff => [
          { staff_id: staff, subject_id: `person of ${staff}`, at: 'D10 21:00', remote: true },
          { staff_id: staff, subject_id: `person of ${staff}`, at: 'D12 21:00', remote: true },
        ]),
      ],
    },
  })
  await findAll({ lake, progress: silentProgress })
})
after(() => lake.close())

/** What the last finding of each of the three weighs for a member of staff and the person they looked up twice. */
const pointsOf = async (staff: string): Promise<(number | undefined)[]> => {
  const rows = await lake.rows<{ indicator: string; points: number }>(
    `select indicator, argMax(points, found_on) as points from upstander.findings
     where staff_id = {staff:String} and person_id = {person:String} group by indicator`,
    { staff, person: `person of ${staff}` },
  )
  return indicators.map(id => rows.find(row => row.indicator === id)?.points)
}

test('where the post seldom looks anybody up without a purpose, look-ups weigh what the catalogue says', async () => {
  assert.deepEqual(await pointsOf('response 0'), [7, 8, 9])
})

test('where an ordinary member of the post looks up four a month, they weigh ten times the logarithm of four less', async () => {
  assert.deepEqual(await pointsOf('control_room 0'), [1, 2, 3])
})
