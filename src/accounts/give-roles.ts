import { findUser, isDisabled, listUsers, replaceRoles } from '../access/accounts-store.ts'
import { replaceRoleRequests } from '../access/role-requests-store.ts'
import { readsPoliceData, type Role } from '../access/roles.ts'
import { can } from '../access/user.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

type Giving = { readonly userId: string; readonly by: string; readonly at: Date }

/** Whether anybody but this person could confirm a role now. */
const someoneConfirms = async (db: CaseworkDb, userId: string): Promise<boolean> => {
  for (const user of await listUsers(db))
    if (user.id !== userId && can(user, 'confirm-roles') && !(await isDisabled(db, user.id))) return true
  return false
}

/**
 * Gives a person these roles and no others. A role that reads police data and that they do not hold yet waits until somebody
 * else confirms who holds the account; the very first head of unit does not, because nobody could.
 */
export const giveRoles = async (
  db: CaseworkDb,
  { userId, roles, by, at }: Giving & { readonly roles: readonly Role[] },
): Promise<void> => {
  const held = (await findUser(db, userId))?.roles ?? []
  const confirmed = await someoneConfirms(db, userId)
  const waits = roles.filter(role => {
    if (!readsPoliceData(role) || held.includes(role)) return false
    return confirmed || !roles.includes('head_of_unit')
  })
  const atOnce = roles.filter(role => !waits.includes(role))
  await replaceRoles(db, userId, atOnce, by, at)
  await replaceRoleRequests(db, userId, waits, by, at)
}

/** Lets every role of a person that reads police data wait to be confirmed. */
export const withdrawPoliceRoles = async (db: CaseworkDb, { userId, by, at }: Giving): Promise<void> => {
  const held = (await findUser(db, userId))?.roles ?? []
  const keep = held.filter(role => !readsPoliceData(role))
  await replaceRoles(db, userId, keep, by, at)
  await giveRoles(db, { userId, roles: held, by, at })
}
