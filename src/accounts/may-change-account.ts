import { findUser } from '../access/accounts-store.ts'
import type { User } from '../access/user.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Whether an administrator may change an account: one that is there, and never their own. */
export const mayChangeAccount = async (
  db: CaseworkDb,
  by: User,
  userId: string,
): Promise<'yes' | 'own' | 'missing'> => {
  if (by.id === userId) return 'own'
  return (await findUser(db, userId)) === undefined ? 'missing' : 'yes'
}
