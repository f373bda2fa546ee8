import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { spokenWord } from '../core/spoken-letters.ts'
import { countUsers, replaceRoles } from './accounts-store.ts'
import { roleClash, type Role } from './roles.ts'
import type { SignIn } from './sign-in.ts'
import { demand, type User } from './user.ts'

type MakeUserDeps = { readonly store: CaseworkStore; readonly signIn: SignIn; readonly clock: Clock }
type NewUser = { readonly email: string; readonly name: string; readonly roles: readonly Role[] }
type Made = { readonly id: string; /** Shown once and kept nowhere. */ readonly password: string }

/**
 * Makes the first account of a new casework store, with a random password that is shown once. There is no default password.
 * @throws AppError REFUSED when there is an account already
 */
export const makeFirstUser = async (deps: MakeUserDeps, user: NewUser): Promise<Made> => {
  if ((await countUsers(deps.store.db)) > 0)
    throw new AppError('REFUSED', 'There is an account already: sign in with it to make others.')
  return await make(deps, user, 'set-up')
}

/**
 * Makes an account with a random password that is shown once.
 * @throws AppError REFUSED
 */
export const makeUser = async (deps: MakeUserDeps, by: User, user: NewUser): Promise<Made> => {
  demand(by, 'manage-accounts')
  return await make(deps, user, by.id)
}

const shape = z.object({ email: z.email().max(254), name: z.string().trim().min(1).max(200) })

const make = async ({ store, signIn, clock }: MakeUserDeps, user: NewUser, by: string): Promise<Made> => {
  const parsed = shape.safeParse(user)
  if (!parsed.success)
    throw new AppError('USAGE', 'An account needs a name and an e-mail address like name@example.uk.')
  const clash = roleClash(user.roles)
  if (clash !== undefined) throw new AppError('REFUSED', clash)
  const taken = await store.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', parsed.data.email.toLowerCase())
    .executeTakeFirst()
  if (taken !== undefined)
    throw new AppError('REFUSED', 'There is an account with this e-mail address already.')
  const password = randomPassword()
  const id = await signIn.makeAccount({ ...parsed.data, password })
  await replaceRoles(store.db, id, user.roles, by, clock.now())
  return { id, password }
}

/** Twenty spoken letters in fives: 91 bits. */
const randomPassword = (): string => (spokenWord(randomBytes(40), 20).match(/.{5}/g) ?? []).join('-')
