import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Feed } from './feeds.ts'

/** How much of a feed is about staff whom the feed `staff` lacks. */
export type OrphanCount = { readonly feed: string; readonly staff: number; readonly rows: number }

/**
 * Counts, for every feed that names staff, the rows whose staff_id the feed `staff` lacks. They are kept: a wrong or late
 * staff list must not make records vanish. Counted again after each intake, as a later staff list may cure them.
 */
export const recordOrphans = async (lake: Lake, feeds: readonly Feed[]): Promise<OrphanCount[]> => {
  await lake.run(`truncate table ${lakeDatabase}.orphans`)
  for (const feed of feeds) {
    if (feed.name === 'staff' || !feed.fields.some(field => field.name === 'staff_id')) continue
    await lake.run(`insert into ${lakeDatabase}.orphans
      select '${feed.name}', staff_id, count() from ${lakeDatabase}.${feed.name}
      where staff_id != '' and staff_id not in (select staff_id from ${lakeDatabase}.staff) group by staff_id`)
  }
  return readOrphans(lake)
}

/** Orphans by feed, as counted after the last intake. */
const readOrphans = (lake: Lake): Promise<OrphanCount[]> =>
  lake.rows<OrphanCount>(
    `select feed, count() as staff, sum(rows) as rows from ${lakeDatabase}.orphans group by feed order by feed`,
  )
