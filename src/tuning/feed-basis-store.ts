import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** On what footing a feed is read. */
export type FeedBasis = {
  readonly feed: string
  /** Id of a lawful basis of `content/feeds/feeds.yaml`. */
  readonly basis: string
  /** Id of a notice of `content/vocabularies/staff-notices.yaml`. */
  readonly notice: string
  /** Day on which staff were told, `YYYY-MM-DD`; null where telling them is restricted. */
  readonly noticeOn: string | null
  readonly owner: string
  readonly retentionDays: number
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly untilOn: string
  /** For invented records: the newest batch for which it counts. Null for the records of a force. */
  readonly throughBatch: number | null
  readonly withdrawn: boolean
  readonly reason: string
  /** User id, or the name of whoever confirmed it on the command line. */
  readonly madeBy: string
  readonly madeAt: Date
}

/** What was last said of each feed, with the name of who said it. */
export const selectFeedBases = async (
  db: CaseworkDb,
): Promise<(FeedBasis & { readonly madeByName: string })[]> => {
  const rows = await db
    .selectFrom('feed_bases as b')
    .leftJoin('users', 'users.id', 'b.made_by')
    .selectAll('b')
    .select('users.name as by_name')
    .where(sql<boolean>`b.id = (select max(o.id) from feed_bases o where o.feed = b.feed)`)
    .execute()
  return rows.map(row => ({
    feed: row.feed,
    basis: row.basis,
    notice: row.notice,
    noticeOn: row.notice_on,
    owner: row.owner,
    retentionDays: row.retention_days,
    untilOn: row.until_on,
    throughBatch: row.through_batch,
    withdrawn: row.withdrawn,
    reason: row.reason,
    madeBy: row.made_by,
    madeByName: row.by_name ?? row.made_by,
    madeAt: row.made_at,
  }))
}

/** Writes down what is said of feeds; what was said before stays. */
export const insertFeedBases = async (db: CaseworkDb, rows: readonly FeedBasis[]): Promise<void> => {
  if (rows.length === 0) return
  await db
    .insertInto('feed_bases')
    .values(
      rows.map(row => ({
        feed: row.feed,
        basis: row.basis,
        notice: row.notice,
        notice_on: row.noticeOn,
        owner: row.owner,
        retention_days: row.retentionDays,
        until_on: row.untilOn,
        through_batch: row.throughBatch,
        withdrawn: row.withdrawn,
        reason: row.reason,
        made_by: row.madeBy,
        made_at: row.madeAt,
      })),
    )
    .execute()
}
