import { randomUUID } from 'node:crypto'
import { replaceRoles } from '../access/accounts-store.ts'
import type { Role } from '../access/roles.ts'
import type { User } from '../access/user.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import type { ListInput, ReadDeps } from './list-concerns.ts'
import { listConcerns } from './list-concerns.ts'
import { raiseConcerns, type Raised } from './raise-concerns.ts'
import type { Standing } from './standing.ts'

/** A clock that a test moves. */
export const movableClock = (iso: string): Clock & { readonly set: (iso: string) => void } => {
  let moment = new Date(iso)
  return {
    now: () => new Date(moment),
    set: next => {
      moment = new Date(next)
    },
  }
}

/** A person with these roles, in the store. */
export const addTestUser = async (
  store: CaseworkStore,
  name: string,
  roles: readonly Role[],
): Promise<User> => {
  const id = randomUUID()
  const at = new Date()
  const email = `${id}@example.uk`
  await store.db
    .insertInto('users')
    .values({ id, name, email, email_verified: true, image: null, created_at: at, updated_at: at })
    .execute()
  await replaceRoles(store.db, id, roles, 'set-up', at)
  return { id, name, email, roles }
}

/** Takes every concern and run away, so that the next test begins with none. */
export const clearConcerns = async ({ db }: CaseworkStore): Promise<void> => {
  for (const table of [
    'exceptions',
    'disposition_indicators',
    'sweeps',
    'authorisation_reviews',
    'authorisations',
    'tip_offs',
    'notices',
    'unmasks',
    'dispositions',
    'concern_history',
    'concern_evidence',
    'concerns',
    'raise_runs',
  ] as const)
    await db.deleteFrom(table).execute()
}

/** Raises for a force of 1,000 on the last day of the tests. */
export const raise = (deps: ReadDeps, standings: readonly Standing[]): Promise<Raised> =>
  raiseConcerns(deps, standings, { staffCount: 1_000, lastDay: '2026-05-20' })

/** The only concern there is, as a list shows it. */
export const onlyConcern = async (deps: ReadDeps, user: User, input: ListInput = { status: 'all' }) => {
  const { concerns, total } = await listConcerns(deps, user, input)
  if (total !== 1 || concerns[0] === undefined) throw new Error(`expected one concern, found ${total}`)
  return concerns[0]
}
