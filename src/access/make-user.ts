import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { spokenWord } from '../core/spoken-letters.ts'
import { countUsers, isEmailTaken, replaceRoles } from './accounts-store.ts'
import { makeAccount } from './make-account.ts'
import { roleClash, type Role } from './roles.ts'
import { demand, type User } from './user.ts'

type MakeUserDeps = { readonly store: CaseworkStore; readonly clock: Clock }
type NewUser = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Their row of the feed `staff`; not in it when left out. */
  readonly staffId?: string | null
  /** Until when the password is good for choosing one's own; it is theirs for good when left out. */
  readonly passwordExpiresAt?: Date
}
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

/** What every account needs. */
export const accountShape = z.object({ email: z.email().max(254), name: z.string().trim().min(1).max(200) })

const make = async ({ store, clock }: MakeUserDeps, user: NewUser, by: string): Promise<Made> => {
  const parsed = accountShape.safeParse(user)
  if (!parsed.success)
    throw new AppError('USAGE', 'An account needs a name and an e-mail address like name@example.uk.')
  const clash = roleClash(user.roles)
  if (clash !== undefined) throw new AppError('REFUSED', clash)
  if (await isEmailTaken(store.db, parsed.data.email))
    throw new AppError('REFUSED', 'There is an account with this e-mail address already.')
  const password = randomPassword()
  const passwordExpiresAt = user.passwordExpiresAt ?? null
  const { staffId = null } = user
  const id = await makeAccount(
    store.db,
    { ...parsed.data, password, passwordExpiresAt, staffId },
    clock.now(),
  )
  await replaceRoles(store.db, id, user.roles, by, clock.now())
  return { id, password }
}

/** Twenty spoken letters in fives: 91 bits. */
export const randomPassword = (): string => (spokenWord(randomBytes(40), 20).match(/.{5}/g) ?? []).join('-')
