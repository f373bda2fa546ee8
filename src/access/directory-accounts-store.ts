import { randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** What accounts are marked with whose holders the force’s directory names. */
export const directoryProvider = 'directory'

/** The account of the person whom the directory knows by this subject. */
export const findDirectoryAccount = async (db: CaseworkDb, subject: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('accounts')
    .select('user_id')
    .where('provider_id', '=', directoryProvider)
    .where('account_id', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

/** Ties an account to a person of the directory. */
export const insertDirectoryAccount = async (
  db: CaseworkDb,
  userId: string,
  subject: string,
  at: Date,
): Promise<void> => {
  await db
    .insertInto('accounts')
    .values({
      id: randomBytes(16).toString('hex'),
      user_id: userId,
      provider_id: directoryProvider,
      account_id: subject,
      password: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/**
 * Notes which row of the feed `staff` a person is; the store keeps them from everything that follows at once. A link that is there stays:
 * with another, what is found later about the first would no longer keep them away.
 * @returns whether they are linked now that were not before
 */
export const setStaffId = async (db: CaseworkDb, userId: string, staffId: string): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ staff_id: staffId })
    .where('id', '=', userId)
    .where('staff_id', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whether an account is linked to the staff records. */
export const isLinked = async (db: CaseworkDb, userId: string): Promise<boolean> => {
  const row = await db.selectFrom('users').select('staff_id').where('id', '=', userId).executeTakeFirst()
  return row?.staff_id != null
}
