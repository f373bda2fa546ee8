import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** The last run that raised concerns. */
export const findLastRun = async (db: CaseworkDb) =>
  db.selectFrom('raise_runs').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()

/** How many times a concern entered the queue for evidence that sufficed within these days (`YYYY-MM-DD`, both included). */
export const countReviewsEntered = async (db: CaseworkDb, from: string, to: string): Promise<number> => {
  const { count } = await db
    .selectFrom('concern_history')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('entered_review_on', '>=', from)
    .where('entered_review_on', '<=', to)
    .executeTakeFirstOrThrow()
  return count
}
