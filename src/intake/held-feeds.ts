import { readFeeds } from './feeds.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'

/** How many of some feeds hold anything at all about each member of staff. Staff of whom none does are not in it. */
export const countHeldFeeds = async (
  lake: Lake,
  staffIds: readonly string[],
  feeds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (staffIds.length === 0) return new Map()
  const rows = await lake.kept<{ staff_id: string; held: number }>(
    `select staff_id, uniqExact(feed) as held from ${lakeDatabase}.coverage_staff_weeks
     where staff_id in {staffIds:Array(String)} and feed in {feeds:Array(String)} group by staff_id`,
    { staffIds, feeds },
  )
  return new Map(rows.map(row => [row.staff_id, row.held]))
}

/** Feeds of which no row was ever taken in. */
export const readUnsuppliedFeeds = async (lake: Lake): Promise<readonly string[]> => {
  const rows = await lake.kept<{ feed: string }>(
    `select toString(feed) as feed from ${lakeDatabase}.batches group by feed having sum(accepted) > 0`,
  )
  const supplied = new Set(rows.map(row => row.feed))
  return readFeeds()
    .feeds.map(feed => feed.name)
    .filter(feed => !supplied.has(feed))
}
