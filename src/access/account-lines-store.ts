import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { listUsers } from './accounts-store.ts'
import { directoryProvider } from './directory-accounts-store.ts'
import { listRoleRequests } from './role-requests-store.ts'
import type { Role } from './roles.ts'
import type { User } from './user.ts'

/** An account as the administrator sees it: who signs in and how, and nothing that they read. */
export type AccountLine = User & {
  readonly staffId: string | null
  /** Whether the force’s directory made it: then nobody was asked for a staff number. */
  readonly fromDirectory: boolean
  readonly disabledAt: Date | null
  /** Until when a first sign-in is good that was not used yet; null once the person chose a password. */
  readonly invitedUntil: Date | null
  readonly passkeys: number
  readonly authenticator: boolean
  readonly sessions: number
  readonly lastSeenAt: Date | null
  /** Roles that wait to be confirmed. */
  readonly waiting: readonly Role[]
}

/** Every account, by name. Sessions that were not used since a moment are over and not counted. */
export const listAccountLines = async (db: CaseworkDb, usedSince: Date): Promise<AccountLine[]> => {
  const users = await listUsers(db)
  const facts = await db
    .selectFrom('users as u')
    .leftJoin('authenticators as a', join =>
      join.onRef('a.user_id', '=', 'u.id').on('a.confirmed_at', 'is not', null),
    )
    .select(['u.id', 'u.staff_id', 'u.disabled_at', 'u.password_expires_at', 'a.user_id as authenticator'])
    .execute()
  const passkeys = await db
    .selectFrom('passkeys')
    .select(({ fn }) => ['user_id', fn.countAll<number>().as('count')])
    .groupBy('user_id')
    .execute()
  const sessions = await db
    .selectFrom('sessions')
    .select(({ fn }) => ['user_id', fn.countAll<number>().as('count'), fn.max('seen_at').as('seen_at')])
    .where('seen_at', '>', usedSince)
    .groupBy('user_id')
    .execute()
  const directory = await db
    .selectFrom('accounts')
    .select('user_id')
    .where('provider_id', '=', directoryProvider)
    .execute()
  const waiting = await listRoleRequests(db)
  return users.map(user => {
    const fact = facts.find(each => each.id === user.id)
    const session = sessions.find(each => each.user_id === user.id)
    return {
      ...user,
      staffId: fact?.staff_id ?? null,
      fromDirectory: directory.some(each => each.user_id === user.id),
      disabledAt: fact?.disabled_at ?? null,
      invitedUntil: fact?.password_expires_at ?? null,
      passkeys: passkeys.find(each => each.user_id === user.id)?.count ?? 0,
      authenticator: fact?.authenticator != null,
      sessions: session?.count ?? 0,
      lastSeenAt: session?.seen_at ?? null,
      waiting: waiting.filter(each => each.userId === user.id).map(each => each.role),
    }
  })
}
