import { findUser } from '../access/accounts-store.ts'
import type { User } from '../access/user.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { actOnAuthorisation } from './answer-authorisation.ts'
import { askAuthorisation } from './ask-authorisation.ts'
import type { AuthorisationInput } from './authorisation-form.ts'
import type { AuthorisationKind } from './authorisation-kinds.ts'
import type { ConcernDeps } from './raise-concerns.ts'

/** What a test asks for where it does not matter. */
export const someAuthorisation: Omit<AuthorisationInput, 'kind'> = {
  fromOn: '2026-01-01',
  toOn: '2026-06-10',
  days: '28',
  colleagues: [],
  basis: 'conduct',
  necessity: 'Two colleagues named others.',
  proportionality: 'Masked, and read by one investigator.',
}

/** An authorisation in force: one person asks for it, another grants it. Tests only. */
export const authorise = async (
  deps: ConcernDeps,
  { asker, approver }: { readonly asker: User; readonly approver: User },
  concernRef: string,
  kind: AuthorisationKind,
  change: Partial<AuthorisationInput> = {},
): Promise<string> => {
  const input = { ...someAuthorisation, kind, ...change, from: '10.0.0.1' }
  const asked = await askAuthorisation(deps, asker, concernRef, input, [])
  if (asked.outcome !== 'asked') throw new Error(`not asked for: ${JSON.stringify(asked)}`)
  const act = { act: 'grant', reason: 'I agree.', from: '10.0.0.2' } as const
  const done = await actOnAuthorisation(deps, approver, asked.ref, act)
  if (done.outcome !== 'done') throw new Error(`not granted: ${JSON.stringify(done)}`)
  return asked.ref
}

/** The person with this e-mail address. Tests only. */
export const userOf = async (db: CaseworkDb, email: string): Promise<User> => {
  const { id } = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const user = await findUser(db, id)
  if (user === undefined) throw new Error(`nobody has ${email}`)
  return user
}
