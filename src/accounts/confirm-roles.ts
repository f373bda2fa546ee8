import { findUser, replaceRoles } from '../access/accounts-store.ts'
import { answerRoleRequests, listRoleRequests } from '../access/role-requests-store.ts'
import { roleClash } from '../access/roles.ts'
import { endSessions } from '../access/session-store.ts'
import { demand, type User } from '../access/user.ts'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'

type Answer = { readonly userId: string; readonly granted: boolean; readonly from: string }

/**
 * Answers whether an account may read police data. Never the person it is about, nor the one who asked: the point is that
 * two people must agree.
 * @throws AppError REFUSED when the person who answers may not
 */
export const confirmRoles = async (
  deps: AccountDeps,
  by: User,
  { userId, granted, from }: Answer,
): Promise<'answered' | 'missing'> => {
  demand(by, 'confirm-roles')
  const waiting = await listRoleRequests(deps.store.db, userId)
  if (waiting.length === 0 || by.id === userId || waiting.some(each => each.askedBy === by.id))
    return 'missing'
  const why = `${granted ? 'confirmed' : 'refused'}: ${waiting.map(each => each.role).join(', ')}`
  const entry = { what: 'roles-confirmed', subject: userId, why } as const
  const done = await changeWithEntry(deps, { id: by.id, from }, entry, async ({ db, now }) => {
    const roles = await answerRoleRequests(db, userId, { by: by.id, granted, at: now })
    if (roles.length === 0) return false
    if (!granted) return true
    const held = (await findUser(db, userId))?.roles ?? []
    const all = [...new Set([...held, ...roles])]
    if (roleClash(all) !== undefined) return false
    await replaceRoles(db, userId, all, by.id, now)
    await endSessions(db, userId)
    return true
  })
  return done ? 'answered' : 'missing'
}
