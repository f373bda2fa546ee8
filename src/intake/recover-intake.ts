import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { commitBatch, type Batch } from './commit-batch.ts'
import { stagingDatabase } from './feed-tables.ts'
import type { Feed } from './feeds.ts'
import { dropStaging } from './stage-file.ts'
import { sweepWorkFolders } from './work-folder.ts'

/**
 * Finishes what a killed intake left: a batch that the journal calls staged lands in full, any other staging goes.
 * Run it whenever a lake has been opened, before anything reads the feeds. Does nothing when nothing is left.
 */
export const recoverIntake = async (
  lake: Lake,
  feeds: readonly Feed[],
): Promise<{ landed: number; dropped: number }> => {
  sweepWorkFolders()
  const open = await lake.rows<{ batch: string }>(
    `select batch from ${lakeDatabase}.intake_journal
      where batch_id not in (select batch_id from ${lakeDatabase}.batches) order by batch_id`,
  )
  let landed = 0
  for (const { batch: text } of open) {
    const batch = JSON.parse(text) as Batch
    const feed = feeds.find(candidate => candidate.name === batch.feed)
    if (!feed) continue
    await commitBatch(lake, feed, batch, true)
    landed += 1
  }
  const left = await lake.rows<{ id: number }>(
    `select distinct toUInt32OrZero(extract(name, '^b(\\\\d+)_')) as id from system.tables where database = {database:String}`,
    { database: stagingDatabase },
  )
  for (const { id } of left) await dropStaging(lake, id)
  return { landed, dropped: left.length }
}
