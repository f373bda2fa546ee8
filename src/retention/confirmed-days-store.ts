import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** How long somebody decided that the records of a feed are kept. */
export type ConfirmedDays = { readonly days: number; readonly by: string; readonly at: Date }

/**
 * How long records of each feed are kept, by feed, where somebody has confirmed it: what was said last. It holds on when the basis
 * lapses or is withdrawn, since that a feed is no longer read does not make its records needed for longer. What was confirmed for
 * invented records alone is nobody's decision.
 */
export const readConfirmedDays = async (db: CaseworkDb): Promise<ReadonlyMap<string, ConfirmedDays>> => {
  const rows = await db
    .selectFrom('feed_bases as b')
    .leftJoin('users', 'users.id', 'b.made_by')
    .select(['b.feed', 'b.retention_days', 'b.made_at', 'b.made_by', 'users.name'])
    .where(
      sql<boolean>`b.id = (select max(o.id) from feed_bases o where o.feed = b.feed and o.through_batch is null and not o.withdrawn)`,
    )
    .execute()
  return new Map(
    rows.map(row => [row.feed, { days: row.retention_days, by: row.name ?? row.made_by, at: row.made_at }]),
  )
}
