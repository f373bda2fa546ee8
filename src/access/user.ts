import { AppError } from '../core/errors.ts'
import { permissions, type Permission } from './permissions.ts'
import { roles, type Role } from './roles.ts'

/** A person who is signed in, with the roles they hold at this moment. */
export type User = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/** Whether a person may do something: at least one of their roles allows it. */
export const can = (user: User, permission: Permission): boolean =>
  user.roles.some(role => (roles[role].permissions as readonly Permission[]).includes(permission))

/**
 * Stops a person who may not do something.
 * @throws AppError REFUSED
 */
export const demand = (user: User, permission: Permission): void => {
  if (!can(user, permission))
    throw new AppError(
      'REFUSED',
      `Your roles do not let you do this: ${permissions[permission].means.toLowerCase()}. Ask the head of unit.`,
    )
}
