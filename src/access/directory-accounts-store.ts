import { randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

const provider = 'directory'

/** The account of the person whom the directory knows by this subject. */
export const findDirectoryAccount = async (db: CaseworkDb, subject: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('accounts')
    .select('user_id')
    .where('provider_id', '=', provider)
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
      provider_id: provider,
      account_id: subject,
      password: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** Notes which row of the feed `staff` a person is, as the directory says now. */
export const setStaffId = async (db: CaseworkDb, userId: string, staffId: string): Promise<void> => {
  await db.updateTable('users').set({ staff_id: staffId }).where('id', '=', userId).execute()
}
