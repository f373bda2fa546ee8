import { setDisabled } from '../access/accounts-store.ts'
import { isLinked, setStaffId } from '../access/directory-accounts-store.ts'
import { roleClash, type Role } from '../access/roles.ts'
import { endSessions } from '../access/session-store.ts'
import { demand, type User } from '../access/user.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'
import { giveRoles, withdrawPoliceRoles } from './give-roles.ts'
import { mayChangeAccount } from './may-change-account.ts'

/** How a change of somebody's account ended. `fault` is a sentence. */
export type AccountChange =
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'refused'; readonly fault: string }

type About = { readonly userId: string; readonly from: string }

const change = async (
  deps: AccountDeps,
  by: User,
  { userId, from }: About,
  entry: { readonly what: AuditEvent; readonly why: string },
  work: (db: CaseworkDb, now: Date) => Promise<void>,
): Promise<AccountChange> => {
  demand(by, 'manage-accounts')
  const may = await mayChangeAccount(deps.store.db, by, userId)
  if (may === 'missing') return { outcome: 'missing' }
  if (may === 'own')
    return { outcome: 'refused', fault: 'You cannot change your own account: ask another administrator' }
  await changeWithEntry(deps, { id: by.id, from }, { ...entry, subject: userId }, async ({ db, now }) => {
    await work(db, now)
    await endSessions(db, userId)
    return true
  })
  return { outcome: 'changed' }
}

/** Gives a person these roles and no others, and ends their visits. New roles that read police data wait to be confirmed. */
export const changeRoles = async (
  deps: AccountDeps,
  by: User,
  about: About & { readonly roles: readonly Role[] },
): Promise<AccountChange> => {
  const clash = roleClash(about.roles)
  if (clash !== undefined) return { outcome: 'refused', fault: clash }
  const entry = { what: 'roles-changed', why: about.roles.join(', ') || 'none' } as const
  return await change(deps, by, about, entry, async (db, at) => {
    await giveRoles(db, { userId: about.userId, roles: about.roles, by: by.id, at })
  })
}

/** Shuts a person out, their visits included, or lets them in again. */
export const disableAccount = async (
  deps: AccountDeps,
  by: User,
  about: About & { readonly disabled: boolean },
): Promise<AccountChange> => {
  const entry = { what: 'account-disabled', why: about.disabled ? 'disabled' : 'enabled again' } as const
  return await change(deps, by, about, entry, async (db, now) => {
    await setDisabled(db, about.userId, about.disabled ? now : null)
  })
}

/**
 * Links an account to a row of the staff records, which keeps its holder from everything about themselves and those close to them: at
 * once, since that only takes away. Roles that read police data wait until another person confirms who holds the account. A link that
 * is there stays as it is.
 */
export const linkToStaff = async (
  deps: AccountDeps,
  by: User,
  about: About & { readonly staffId: string },
): Promise<AccountChange> => {
  if (await isLinked(deps.store.db, about.userId))
    return { outcome: 'refused', fault: 'This account is linked already' }
  const entry = { what: 'account-linked', why: `staff number ${about.staffId}` } as const
  return await change(deps, by, about, entry, async (db, at) => {
    await setStaffId(db, about.userId, about.staffId)
    await withdrawPoliceRoles(db, { userId: about.userId, by: by.id, at })
  })
}

/** Ends every visit of a person. */
export const endAllSessions = async (deps: AccountDeps, by: User, about: About): Promise<AccountChange> =>
  await change(deps, by, about, { what: 'sessions-ended', why: 'by an administrator' }, () =>
    Promise.resolve(),
  )
