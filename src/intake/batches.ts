import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Batch } from './commit-batch.ts'

/** Files that landed, newest first. */
export const listBatches = (lake: Lake, limit = 1_000): Promise<readonly Batch[]> =>
  lake.kept<Batch>(`select * from ${lakeDatabase}.batches order by batch_id desc limit {limit:UInt32}`, {
    limit,
  })

/** A file of which nothing was taken in. */
export type RefusedFile = {
  readonly feed: string
  readonly file: string
  readonly reason: string
  /** UTC, `2025-01-31 18:05:00`. */
  readonly refused_at: string
}

/** Files refused and not mended since: a file that later landed under the same name has left the list. Newest first. */
export const listRefusedFiles = (lake: Lake, feed?: string): Promise<readonly RefusedFile[]> =>
  lake.kept<RefusedFile>(
    `select r.feed as feed, r.file as file, r.reason as reason, toString(r.at) as refused_at
      from (select feed, file, argMax(reason, refused_at) as reason, max(refused_at) as at
        from ${lakeDatabase}.refused_files ${feed === undefined ? '' : 'where feed = {feed:String}'} group by feed, file) as r
      left join (select feed, file, max(committed_at) as landed_at from ${lakeDatabase}.batches group by feed, file) as b
        on b.feed = r.feed and b.file = r.file
      where r.at > b.landed_at order by r.at desc, file`,
    feed === undefined ? {} : { feed },
  )
