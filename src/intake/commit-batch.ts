import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Feed } from './feeds.ts'
import { dropStaging } from './stage-file.ts'
import { createRareTable, stagingNames } from './staging-tables.ts'

/** A file that landed. Counts are rows: accepted + rejected + repeated = rows. */
export type Batch = {
  readonly batch_id: number
  readonly feed: string
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly rows: number
  /** Rows that stand: new ones, corrections, and those the feed had already. */
  readonly accepted: number
  readonly rejected: number
  /** Accepted rows that the feed had already, word for word. */
  readonly unchanged: number
  /** Older rows that corrections of this file put aside. */
  readonly replaced: number
  /** Rows left out because a later line of the file has the same key. */
  readonly repeated: number
  readonly notes: readonly string[]
  /** UTC, `2025-01-31 18:05:00`. */
  readonly started_at: string
  readonly committed_at: string
  /** Earliest and latest event the batch adds, changes or puts aside; null where the feed has no event time. */
  readonly min_event_at: string | null
  readonly max_event_at: string | null
}

/**
 * Writes in the journal that a batch is staged in full. From here on it lands, whatever happens to the process:
 * before this line none of it does.
 */
export const journalBatch = (lake: Lake, batch: Batch): Promise<void> =>
  lake.insert(`${lakeDatabase}.intake_journal`, [
    { batch_id: batch.batch_id, feed: batch.feed, batch: JSON.stringify(batch), at: batch.committed_at },
  ])

/**
 * Lands a staged batch: old versions to `superseded`, then out of the feed; new rows in; rejects in; and last its row in
 * `batches`, which makes it count.
 * @param again true when an earlier attempt may have got part of the way: its traces are taken out first
 */
export const commitBatch = async (lake: Lake, feed: Feed, batch: Batch, again: boolean): Promise<void> => {
  const names = stagingNames(batch.batch_id)
  const table = `${lakeDatabase}.${feed.name}`
  const id = { id: batch.batch_id }
  if (again) {
    await lake.run(`delete from ${lakeDatabase}.superseded where replaced_by = {id:UInt32}`, id)
    await lake.run(`delete from ${lakeDatabase}.rejects where batch_id = {id:UInt32}`, id)
    await lake.run(`delete from ${table} where batch_id = {id:UInt32}`, id)
  }
  if (batch.repeated > 0 || batch.replaced > 0) {
    await lake.run(
      `insert into ${lakeDatabase}.superseded (feed, key, row, replaced_by, batch_id, line)
        select {feed:String}, key, row, {id:UInt32}, batch_id, line from ${names.replaced}`,
      { ...id, feed: feed.name },
    )
  }
  if (batch.replaced > 0) {
    const key = feed.primaryKey.join(', ')
    await lake.run(
      `delete from ${table} where batch_id != {id:UInt32}
        and (${key}) in (select ${key} from ${names.replaced} where batch_id != {id:UInt32})`,
      id,
    )
  }
  if (batch.accepted > batch.unchanged)
    await lake.run(`alter table ${table} attach partition tuple() from ${names.rows}`)
  if (batch.rejected > 0) {
    await createRareTable(lake, feed, names, 'lines')
    await lake.run(
      `insert into ${lakeDatabase}.rejects (feed, batch_id, file, line, field, value, reason, row)
        select {feed:String}, {id:UInt32}, {file:String},
          if(real.real_line > 0, real.real_line, bad.line), bad.field, bad.value, bad.reason, bad.row
        from ${names.rejects} as bad left join ${names.lines} as real on real.line = bad.line`,
      { ...id, feed: feed.name, file: batch.file },
    )
  }
  await lake.insert(`${lakeDatabase}.batches`, [batch])
  await dropStaging(lake, batch.batch_id)
}
