import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { isRole, type Role } from './roles.ts'
import type { User } from './user.ts'

/** The person with this id and the roles they hold now. */
export const findUser = async (db: CaseworkDb, id: string): Promise<User | undefined> => {
  const row = await db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const held = await db
    .selectFrom('user_roles')
    .select('role')
    .where('user_id', '=', id)
    .orderBy('role')
    .execute()
  return { ...row, roles: held.map(each => each.role).filter(isRole) }
}

/** Everybody who has an account, by name. */
export const listUsers = async (db: CaseworkDb): Promise<User[]> => {
  const people = await db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  const held = await db.selectFrom('user_roles').select(['user_id', 'role']).orderBy('role').execute()
  return people.map(person => ({
    ...person,
    roles: held
      .filter(each => each.user_id === person.id)
      .map(each => each.role)
      .filter(isRole),
  }))
}

/** Whether an account was disabled. */
export const isDisabled = async (db: CaseworkDb, id: string): Promise<boolean> => {
  const row = await db.selectFrom('users').select('disabled_at').where('id', '=', id).executeTakeFirst()
  return row?.disabled_at != null
}

/** Shuts an account, or opens it again with null. */
export const setDisabled = async (db: CaseworkDb, id: string, disabledAt: Date | null): Promise<void> => {
  await db.updateTable('users').set({ disabled_at: disabledAt }).where('id', '=', id).execute()
}

/** Until when a password that somebody else made is good; null for the person's own. */
export const findPasswordLimit = async (db: CaseworkDb, id: string): Promise<Date | null> => {
  const row = await db
    .selectFrom('users')
    .select('password_expires_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.password_expires_at
}

/** The hash of a person's password; undefined for one who has none. */
export const findPasswordHash = async (db: CaseworkDb, id: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('accounts')
    .select('password')
    .where('user_id', '=', id)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst()
  return row?.password ?? undefined
}

/** Gives a person a password. `expiresAt` is null for one they chose themselves. */
export const setPassword = async (
  db: CaseworkDb,
  id: string,
  password: { readonly hash: string; readonly expiresAt: Date | null; readonly at: Date },
): Promise<void> => {
  const { hash, expiresAt, at } = password
  await db
    .updateTable('accounts')
    .set({ password: hash, updated_at: at })
    .where('user_id', '=', id)
    .where('provider_id', '=', 'credential')
    .execute()
  await db
    .updateTable('users')
    .set({ password_expires_at: expiresAt, updated_at: at })
    .where('id', '=', id)
    .execute()
}

type NewAccount = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly hash: string | undefined
  readonly passwordExpiresAt?: Date | null
  readonly staffId?: string | null
  readonly at: Date
}

/** Adds a person and, where there is one, their password. */
export const insertAccount = async (db: CaseworkDb, account: NewAccount): Promise<void> => {
  const { id, email, name, hash, at } = account
  const stamps = { created_at: at, updated_at: at }
  const passwordExpiresAt = account.passwordExpiresAt ?? null
  await db
    .insertInto('users')
    .values({
      id,
      email,
      name,
      email_verified: true,
      image: null,
      staff_id: account.staffId ?? null,
      password_expires_at: passwordExpiresAt,
      ...stamps,
    })
    .execute()
  if (hash === undefined) return
  await db
    .insertInto('accounts')
    .values({
      id: `${id}-password`,
      user_id: id,
      provider_id: 'credential',
      account_id: id,
      password: hash,
      ...stamps,
    })
    .execute()
}

/** Whether an e-mail address has an account. */
export const isEmailTaken = async (db: CaseworkDb, email: string): Promise<boolean> => {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row !== undefined
}

/** How many accounts there are. */
export const countUsers = async (db: CaseworkDb): Promise<number> => {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Gives a person exactly these roles. */
export const replaceRoles = async (
  db: CaseworkDb,
  userId: string,
  roles: readonly Role[],
  givenBy: string,
  at: Date,
): Promise<void> => {
  await db.deleteFrom('user_roles').where('user_id', '=', userId).execute()
  if (roles.length === 0) return
  await db
    .insertInto('user_roles')
    .values([...new Set(roles)].map(role => ({ user_id: userId, role, given_by: givenBy, given_at: at })))
    .execute()
}
