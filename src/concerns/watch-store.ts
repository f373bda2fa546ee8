import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** References of the concerns that were to be watched until a day that has come. */
export const selectWatchedUntil = async (db: CaseworkDb, today: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('concerns')
    .select('ref')
    .where('status', '=', 'watching')
    .where('watch_until', '<=', today)
    .execute()
  return rows.map(row => row.ref)
}

/** Makes a concern wait for a decision. */
export const putBackInQueue = async (
  db: CaseworkDb,
  ref: string,
  now: Date,
  dueOn: string,
): Promise<void> => {
  await db
    .updateTable('concerns')
    .set(({ eb }) => ({
      status: 'to_review',
      waiting_since: now,
      due_on: dueOn,
      watch_until: null,
      version: eb('version', '+', 1),
    }))
    .where('ref', '=', ref)
    .execute()
}
