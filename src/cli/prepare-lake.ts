import type { Lake } from '../lake/lake.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds } from '../intake/feeds.ts'
import { recoverIntake } from '../intake/recover-intake.ts'

/** Makes the feeds' tables where they are missing, and completes or undoes an intake that was killed. */
export const recoverAndPrepare = async (lake: Lake): Promise<void> => {
  const { feeds } = readFeeds()
  await createFeedTables(lake, feeds)
  await recoverIntake(lake, feeds)
}
