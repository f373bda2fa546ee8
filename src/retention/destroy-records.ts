import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { heldBy, type ErasureOrder } from './erasure-order.ts'
import { heldParams, isHeld, type Held } from './held-rows.ts'
import { agingFeeds } from './rules.ts'

const createErased = (lake: Lake): Promise<void> =>
  lake.run(
    `create table if not exists ${lakeDatabase}.erasures (id String, at DateTime('UTC')) engine = MergeTree order by id`,
  )

/** Orders that were carried out on this lake. */
export const erasedFromLake = async (lake: Lake): Promise<ReadonlySet<string>> => {
  await createErased(lake)
  const rows = await lake.rows<{ id: string }>(`select id from ${lakeDatabase}.erasures`)
  return new Set(rows.map(row => row.id))
}

/** Everybody a hold could be about. */
const everybody = async (lake: Lake): Promise<Held> => {
  const ids = async (column: string, table: string): Promise<string[]> =>
    (await lake.rows<{ id: string }>(`select distinct ${column} as id from ${lakeDatabase}.${table}`)).map(
      row => row.id,
    )
  return { staff: await ids('staff_id', 'staff'), people: await ids('person_id', 'people') }
}

/**
 * Destroys the records an order names, with what was rejected or replaced, and everything that was made from any record. Writing
 * it down is the last step: whatever stops it, the next time begins anew and ends the same.
 */
export const destroyRecords = async (lake: Lake, order: ErasureOrder, key: Uint8Array): Promise<void> => {
  const held = heldBy(order, key, await everybody(lake))
  const before = new Map(order.feeds.map(each => [each.feed, each.before]))
  // Rows that tell whose a device or vehicle is, or who had part in a case, go last: the holds of other feeds rest on them.
  const last = ['devices', 'crewing', 'allocations', 'attendances', 'incident_actions', 'involvements']
  const aging = agingFeeds().filter(({ feed }) => before.has(feed.name))
  const inOrder = aging.toSorted((a, b) => last.indexOf(a.feed.name) - last.indexOf(b.feed.name))
  for (const { feed, agedOn } of inOrder) {
    const table = `${lakeDatabase}.${feed.name}`
    const params = { ...heldParams(held), day: before.get(feed.name) ?? '' }
    await lake.run(
      `alter table ${table} delete where ${agedOn} < toDate32({day:String}) and not ${isHeld(feed)}`,
      params,
    )
    await lake.run(
      `alter table ${lakeDatabase}.coverage_feed_days delete where feed = {feed:String} and day < toDate32({day:String})`,
      { feed: feed.name, day: params.day },
    )
  }
  const rejects = { day: order.rejectsBefore }
  const landed = `(select batch_id from ${lakeDatabase}.batches where toDate(committed_at) < toDate({day:String}))`
  await lake.run(`alter table ${lakeDatabase}.rejects delete where batch_id in ${landed}`, rejects)
  await lake.run(`alter table ${lakeDatabase}.superseded delete where replaced_by in ${landed}`, rejects)
  await lake.insert(`${lakeDatabase}.erasures`, [
    { id: order.id, at: order.at.slice(0, 19).replace('T', ' ') },
  ])
}
