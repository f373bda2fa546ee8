import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Batch } from './commit-batch.ts'

/** Files that landed, newest first. */
export const listBatches = (lake: Lake, limit = 1_000): Promise<Batch[]> =>
  lake.rows<Batch>(`select * from ${lakeDatabase}.batches order by batch_id desc limit {limit:UInt32}`, {
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
export const listRefusedFiles = (lake: Lake): Promise<RefusedFile[]> =>
  lake.rows<RefusedFile>(
    `select feed, file, argMax(reason, refused.refused_at) as reason, max(refused.refused_at) as refused_at
      from ${lakeDatabase}.refused_files as refused
      where (feed, file) not in (select feed, file from ${lakeDatabase}.batches where committed_at >= refused.refused_at)
      group by feed, file order by refused_at desc, file`,
  )
