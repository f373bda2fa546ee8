import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Gives a person these recovery codes and no others. */
export const replaceRecoveryCodes = async (
  db: CaseworkDb,
  userId: string,
  hashes: readonly string[],
): Promise<void> => {
  await db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  if (hashes.length === 0) return
  await db
    .insertInto('recovery_codes')
    .values(hashes.map(hash => ({ user_id: userId, hash })))
    .execute()
}

/** Uses a code up; false when there is none such, or it was used. */
export const useRecoveryCode = async (
  db: CaseworkDb,
  userId: string,
  hash: string,
  at: Date,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How many codes a person has left. */
export const countRecoveryCodes = async (db: CaseworkDb, userId: string): Promise<number> => {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}
