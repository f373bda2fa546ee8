import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { stateOf, type Authorisation } from './authorisation.ts'
import { authorisationKinds, type AuthorisationKind } from './authorisation-kinds.ts'
import { selectAuthorisations } from './authorisation-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'

/** What somebody is about to do that needs an authorisation. */
export type AuthorisedNeed = {
  readonly kind: AuthorisationKind
  readonly concernRef: string
  /** The one to use, where several may cover it; any that does when absent. */
  readonly ref?: string
  /** Days of the records that are read, `YYYY-MM-DD`; all days that it covers when absent. */
  readonly fromOn?: string
  readonly toOn?: string
  /** Colleagues whose records are read too. */
  readonly colleagues?: readonly string[]
}

export type UseOutcome =
  | { readonly outcome: 'covered'; readonly authorisation: Authorisation }
  | { readonly outcome: 'not-covered'; readonly why: string }

/** The authorisations of a kind that are in force on a concern, newest first. */
export const inForce = async (
  { store, clock }: { readonly store: { readonly db: CaseworkDb }; readonly clock: ConcernDeps['clock'] },
  user: Pick<User, 'id'>,
  concernRef: string,
  kind: AuthorisationKind,
): Promise<Authorisation[]> =>
  (await selectAuthorisations(store.db, user.id, { concernRef })).filter(
    each => each.kind === kind && stateOf(each, clock.now()) === 'in_force',
  )

/**
 * Whether an authorisation in force covers what somebody is about to do. The log has the answer, with the authorisation, before a
 * record is read; what lies outside the scope is refused, and the refusal is in the log too.
 */
export const useAuthorisation = async (
  deps: ConcernDeps,
  user: User,
  need: AuthorisedNeed,
  from: string,
): Promise<UseOutcome> => {
  const { kind, concernRef } = need
  const held = can(user, authorisationKinds[kind]) ? await inForce(deps, user, concernRef, kind) : []
  const covering = held.find(each => covers(each, need))
  await appendEvent(deps, {
    who: user.id,
    what: 'authorisation-used',
    subject: covering === undefined ? concernRef : `${covering.ref} ${concernRef}`,
    why: [kind, need.fromOn, need.toOn].filter(part => part !== undefined).join(' '),
    from,
    outcome: covering === undefined ? 'refused' : 'allowed',
  })
  if (covering !== undefined) return { outcome: 'covered', authorisation: covering }
  return {
    outcome: 'not-covered',
    why:
      held.length === 0
        ? 'No authorisation for this is in force. Ask for one.'
        : 'This lies outside the authorisation that is in force. Ask for one that covers it.',
  }
}

const covers = (held: Authorisation, need: AuthorisedNeed): boolean =>
  (need.ref === undefined || need.ref === held.ref) &&
  (need.fromOn === undefined || need.fromOn >= held.fromOn) &&
  (need.toOn === undefined || need.toOn <= held.toOn) &&
  (need.colleagues ?? []).every(each => held.colleagues.includes(each))
