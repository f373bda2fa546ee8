import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Lake } from '../lake/lake.ts'
import { buildWorld, openTestLake } from './built-world.ts'

/** Day 0 begins a block of fourteen days and one of twenty-eight. */
const day0 = '2025-06-05'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  const group = (post: string, members: number, texts: number, prefix: number) =>
    Array.from({ length: members }, (_, n) => ({
      staff: `${post} ${n}`,
      post,
      device: `+4477009${String(prefix + n).padStart(5, '0')}`,
      other: `+4477008${String(prefix + n).padStart(5, '0')}`,
      texts: texts + n,
    }))
  const all = [...group('response', 20, 1, 0), ...group('custody', 19, 40, 100)]
  await buildWorld(lake, {
    day0,
    records: {
      postings: all.map(each => ({ staff_id: each.staff, post: each.post })),
      devices: all.map(each => ({ address: each.device, staff_id: each.staff })),
      billing: all.map((each, n) => ({
        record_id: `b${n}`,
        device_address: each.device,
        other_address: each.other,
        at: 'D1 08:00',
        repeat: each.texts,
        every: '5m',
      })),
    },
  })
})
after(() => lake.close())

type Norm = { peers: number; centre: number; p99: number; basis: string }

/** The norm of contacts in a fortnight that holds for a member of staff on a day. */
const normOf = async (staff: string, day: string): Promise<Norm | undefined> => {
  const rows = await lake.rows<Norm>(
    `select peers, centre, p99, toString(basis) as basis from upstander.staff_norms
     where metric = 'pair_contacts_14d' and staff_id = {staff:String} and from_on <= {day:Date} order by from_on desc limit 1`,
    { staff, day },
  )
  return rows[0]
}

test('twenty in one post give it a norm from the next block on', async () => {
  assert.deepEqual(await normOf('response 0', '2025-06-19'), { peers: 20, centre: 11, p99: 20, basis: 'any' })
})

test('the block itself is not part of its own norm: until it ends the written default holds', async () => {
  assert.deepEqual(await normOf('response 0', '2025-06-18'), { peers: 0, centre: 1.5, p99: 21, basis: '' })
})

test('nineteen peers are too few: the written default holds', async () => {
  assert.deepEqual(await normOf('custody 0', '2025-06-19'), { peers: 0, centre: 1.5, p99: 21, basis: '' })
})

test('no norm anywhere rests on fewer than twenty', async () => {
  const [row] = await lake.rows<{ fewest: number }>(
    `select min(peers) as fewest from upstander.peer_norms where post != ''`,
  )
  assert.equal(row?.fewest, 20)
})
