import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** A closed concern's pair, and the last day of the records when it was closed. */
export type ClosedConcern = {
  readonly staffId: string
  readonly personId: string
  /** `YYYY-MM-DD` */
  readonly throughDay: string
}

/** Every closed concern with the day up to which its evidence had been seen: only later evidence is genuinely new. */
export const listClosed = async (db: CaseworkDb): Promise<ClosedConcern[]> => {
  const rows = await db
    .selectFrom('concerns as c')
    .where('c.status', '=', 'closed')
    .select(['c.staff_id as staffId', 'c.person_id as personId'])
    .select(
      sql<string>`coalesce((select max(r.on_day) from raise_runs r where r.at <= c.closed_at), c.on_day)`.as(
        'throughDay',
      ),
    )
    .execute()
  return rows
}
