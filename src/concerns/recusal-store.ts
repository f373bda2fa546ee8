import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Writes down that a person is off a concern; once is enough. */
export const insertRecusal = async (
  db: CaseworkDb,
  row: { readonly ref: string; readonly userId: string; readonly knows: string; readonly at: Date },
): Promise<void> => {
  await db
    .insertInto('recusals')
    .values({ ref: row.ref, user_id: row.userId, knows: row.knows, at: row.at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
