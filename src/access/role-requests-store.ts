import { randomBytes } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { isRole, type Role } from './roles.ts'

/** A role that reads police data and that somebody has still to confirm. */
export type RoleRequest = {
  readonly id: string
  readonly userId: string
  readonly role: Role
  readonly askedBy: string
  readonly askedAt: Date
}

/** Asks that a person be given these roles; what was asked for before and not answered is taken back. */
export const replaceRoleRequests = async (
  db: CaseworkDb,
  userId: string,
  roles: readonly Role[],
  askedBy: string,
  at: Date,
): Promise<void> => {
  await db
    .deleteFrom('role_requests')
    .where('user_id', '=', userId)
    .where('answered_at', 'is', null)
    .execute()
  if (roles.length === 0) return
  await db
    .insertInto('role_requests')
    .values(
      roles.map(role => ({
        id: randomBytes(12).toString('hex'),
        user_id: userId,
        role,
        asked_by: askedBy,
        asked_at: at,
      })),
    )
    .execute()
}

/** What waits for an answer, oldest first. */
export const listRoleRequests = async (db: CaseworkDb, userId?: string): Promise<RoleRequest[]> => {
  const rows = await db
    .selectFrom('role_requests')
    .select(['id', 'user_id', 'role', 'asked_by', 'asked_at'])
    .where('answered_at', 'is', null)
    .$if(userId !== undefined, query => query.where('user_id', '=', userId ?? ''))
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ role, ...row }) =>
    isRole(role)
      ? [{ id: row.id, userId: row.user_id, role, askedBy: row.asked_by, askedAt: row.asked_at }]
      : [],
  )
}

/** Roles whose last answer for a person was no: they come back only once somebody asks anew and another confirms. */
export const listRefusedRoles = async (db: CaseworkDb, userId: string): Promise<Role[]> => {
  const rows = await db
    .selectFrom('role_requests')
    .distinctOn('role')
    .select(['role', 'granted'])
    .where('user_id', '=', userId)
    .where('answered_at', 'is not', null)
    .orderBy('role')
    .orderBy('answered_at', 'desc')
    .orderBy('asked_at', 'desc')
    .execute()
  return rows.flatMap(({ role, granted }) => (isRole(role) && granted === false ? [role] : []))
}

/** Answers what waits for a person; of two answers at once only one counts. Gives back the roles it was about. */
export const answerRoleRequests = async (
  db: CaseworkDb,
  userId: string,
  answer: { readonly by: string; readonly granted: boolean; readonly at: Date },
): Promise<Role[]> => {
  const rows = await db
    .updateTable('role_requests')
    .set({ answered_by: answer.by, answered_at: answer.at, granted: answer.granted })
    .where('user_id', '=', userId)
    .where('answered_at', 'is', null)
    .returning('role')
    .execute()
  return rows.map(row => row.role).filter(isRole)
}
