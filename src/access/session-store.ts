import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { findUser } from './accounts-store.ts'
import type { SignInMethod } from './session.ts'
import type { User } from './user.ts'

/** A session as the store holds it, with the person and what keeps them from working. */
export type StoredSession = {
  readonly id: string
  readonly user: User
  readonly method: SignInMethod
  readonly secondStep: boolean
  readonly agent: string
  readonly openedAt: Date
  readonly seenAt: Date
  readonly provedAt: Date
  readonly disabled: boolean
  readonly hasOwnPassword: boolean
}

/** The session with this token, with the roles its person holds at this moment. */
export const findSession = async (db: CaseworkDb, token: string): Promise<StoredSession | undefined> => {
  const row = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select(['s.id', 's.user_id', 's.method', 's.second_step', 's.user_agent', 's.opened_at', 's.seen_at'])
    .select(['s.proved_at', 'u.disabled_at', 'u.password_expires_at'])
    .where('s.token', '=', token)
    .executeTakeFirst()
  const user = row === undefined ? undefined : await findUser(db, row.user_id)
  if (row === undefined || user === undefined) return undefined
  return {
    id: row.id,
    user,
    method: row.method as SignInMethod,
    secondStep: row.second_step,
    agent: row.user_agent ?? '',
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    provedAt: row.proved_at,
    disabled: row.disabled_at !== null,
    hasOwnPassword: row.password_expires_at === null,
  }
}

type Opening = {
  readonly method: SignInMethod
  readonly secondStep: boolean
  /** Network address. */
  readonly from: string
  readonly at: Date
  /** The directory's name for the visit; null where it gave none or was not asked. */
  readonly directoryVisit: string | null
}

/** Notes how and when a session began. */
export const markOpened = async (db: CaseworkDb, token: string, opening: Opening): Promise<void> => {
  const { method, secondStep, from, at, directoryVisit } = opening
  await db
    .updateTable('sessions')
    .set({ method, second_step: secondStep, ip_address: from, opened_at: at, seen_at: at, proved_at: at })
    .set({ directory_visit: directoryVisit })
    .where('token', '=', token)
    .execute()
}

/** Notes that a session was used. */
export const markSeen = async (db: CaseworkDb, id: string, at: Date): Promise<void> => {
  await db.updateTable('sessions').set({ seen_at: at }).where('id', '=', id).execute()
}

/** Notes that the person showed anew who they are. */
export const markProved = async (
  db: CaseworkDb,
  id: string,
  at: Date,
  secondStep: boolean,
): Promise<void> => {
  await db
    .updateTable('sessions')
    .set(secondStep ? { proved_at: at, second_step: true } : { proved_at: at })
    .where('id', '=', id)
    .execute()
}

/** One line of a person's list of sessions. */
export type SessionLine = {
  readonly id: string
  readonly method: SignInMethod
  readonly agent: string
  readonly address: string
  readonly openedAt: Date
  readonly seenAt: Date
}

/** The sessions of a person that were used since a moment, latest first. */
export const listSessions = async (db: CaseworkDb, userId: string, since: Date): Promise<SessionLine[]> => {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'method', 'user_agent', 'ip_address', 'opened_at', 'seen_at'])
    .where('user_id', '=', userId)
    .where('seen_at', '>', since)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    method: row.method as SignInMethod,
    agent: row.user_agent ?? '',
    address: row.ip_address ?? '',
    openedAt: row.opened_at,
    seenAt: row.seen_at,
  }))
}

/** Ends sessions of a person: one, or all but one, or all. Gives back how many there were. */
export const endSessions = async (
  db: CaseworkDb,
  userId: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> => {
  const { only, except } = which
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(only !== undefined, query => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, query => query.where('id', '!=', except ?? ''))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Whose session began with this visit to the directory. */
export const findDirectoryVisitor = async (db: CaseworkDb, visit: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('sessions')
    .select('user_id')
    .where('directory_visit', '=', visit)
    .executeTakeFirst()
  return row?.user_id
}

/** Ends the sessions that began with one visit to the directory; and those of which the directory did not say with which they began. */
export const endDirectoryVisit = async (db: CaseworkDb, userId: string, visit: string): Promise<void> => {
  await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('method', '=', 'directory')
    .where(row => row.or([row('directory_visit', '=', visit), row('directory_visit', 'is', null)]))
    .execute()
}

/** Ends every visit of everybody, and every sign-in that is half done. */
export const endEverySession = async (db: CaseworkDb): Promise<void> => {
  await db.deleteFrom('sessions').execute()
  await db.deleteFrom('sign_in_steps').execute()
}
