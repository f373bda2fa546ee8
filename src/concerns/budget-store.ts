import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** The last run that raised concerns. What it raised is left out: a total that moves tells of what is kept from its reader. */
export const findLastRun = async (db: CaseworkDb) =>
  db
    .selectFrom('raise_runs')
    .select(['at', 'on_day', 'staff_count'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * How many times a concern entered the queue for evidence that sufficed within these days (`YYYY-MM-DD`, both included). What is
 * kept from the person on whose behalf the store is asked is not counted.
 */
export const countReviewsEntered = async (db: CaseworkDb, from: string, to: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count_entered(${from}::date, ${to}::date) as count`.execute(db)
  return rows[0]?.count ?? 0
}
