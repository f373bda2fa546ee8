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
