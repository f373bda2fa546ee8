import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Feed } from './feeds.ts'

/**
 * Writes down, for the feeds that changed, how many rows there are for each day, and for each member of staff and week.
 * Without it, "nothing happened" could not be told from "nothing was supplied".
 * @param changed names of feeds with new rows; all when left out. Devices, crewing change how others are tied to staff.
 */
export const recordCoverage = async (
  lake: Lake,
  feeds: readonly Feed[],
  changed?: ReadonlySet<string>,
): Promise<void> => {
  const affected = feeds.filter(
    feed =>
      changed === undefined ||
      changed.has(feed.name) ||
      (feed.tie === 'device' && changed.has('devices')) ||
      (feed.tie === 'unit' && changed.has('crewing')),
  )
  const timed = affected.flatMap(feed => (feed.eventTime ? [{ feed, time: feed.eventTime.name }] : []))
  await recount(
    lake,
    'coverage_feed_days',
    timed.map(({ feed, time }) => ({
      feed: feed.name,
      counts: `select '${feed.name}' as feed, toDate32(${time}) as day, count() as rows from ${tableOf(feed)} group by day`,
    })),
  )
  await recount(
    lake,
    'coverage_staff_weeks',
    timed.flatMap(({ feed, time }) => {
      const tied = tiedDays(feed, tableOf(feed), time)
      if (tied === undefined) return []
      const counts = `select staff_id, '${feed.name}' as feed, toDate32(toStartOfWeek(day, 1)) as week_on, sum(rows) as rows
        from (${tied}) where staff_id != '' group by staff_id, week_on`
      return [{ feed: feed.name, counts }]
    }),
  )
}

const tableOf = (feed: Feed): string => `${lakeDatabase}.${feed.name}`

/**
 * Puts new counts in place of some feeds' old ones, all at once: a table beside it is filled and the two change places.
 * Deleting from a table costs a rewrite for each feed, which for forty small files took longer than the rest of intake.
 */
const recount = async (
  lake: Lake,
  name: string,
  feeds: readonly { readonly feed: string; readonly counts: string }[],
): Promise<void> => {
  if (feeds.length === 0) return
  const [table, next] = [`${lakeDatabase}.${name}`, `${lakeDatabase}.${name}_next`]
  await lake.run(`create or replace table ${next} as ${table}`)
  await lake.run(`insert into ${next} select * from ${table} where feed not in {feeds:Array(String)}`, {
    feeds: feeds.map(each => each.feed),
  })
  await lake.run(`insert into ${next} ${feeds.map(each => each.counts).join(' union all ')}`)
  await lake.run(`exchange tables ${table} and ${next}`)
  await lake.run(`drop table ${next} sync`)
}

/** SQL for the rows of each member of staff and day. Counted by device or unit first, so that the join stays small. */
const tiedDays = (feed: Feed, table: string, time: string): string | undefined => {
  switch (feed.tie) {
    case 'none':
      return undefined
    case 'staff_id':
      return `select staff_id, toDate32(${time}) as day, count() as rows from ${table} group by staff_id, day`
    case 'device':
      return `select held.staff_id as staff_id, used.day as day, used.rows as rows from (
          select device_address, toDate32(${time}) as day, count() as rows from ${table} group by device_address, day) as used
        inner join ${lakeDatabase}.devices as held on held.address = used.device_address
        where used.day >= toDate32(held.from_at) and (isNull(held.to_at) or used.day <= toDate32(held.to_at))`
    case 'unit':
      return `select crewed.staff_id as staff_id, used.day as day, used.rows as rows from (
          select unit_id, toDate32(${time}) as day, count() as rows from ${table} group by unit_id, day) as used
        inner join (select distinct unit_id, staff_id, day from (
          select unit_id, staff_id, arrayJoin(arrayMap(d -> toDate32(start_at) + d,
            range(toUInt32(least(greatest(dateDiff('day', start_at, end_at), 0), 31)) + 1))) as day from ${lakeDatabase}.crewing)) as crewed
        on crewed.unit_id = used.unit_id and crewed.day = used.day`
  }
}
