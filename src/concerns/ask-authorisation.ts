import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { dayOf } from '../core/clock.ts'
import {
  checkAuthorisation,
  type AuthorisationFaults,
  type AuthorisationInput,
} from './authorisation-form.ts'
import {
  authorisationKinds,
  isAuthorisationKind,
  readAuthorisationKinds,
  type AuthorisationKind,
} from './authorisation-kinds.ts'
import { insertAuthorisation } from './authorisation-store.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { newReference, readReference } from './reference.ts'

export type AskOutcome =
  | { readonly outcome: 'asked'; readonly ref: string }
  | { readonly outcome: 'invalid'; readonly faults: AuthorisationFaults }
  | { readonly outcome: 'missing' }

/** The kinds of authorisation that a person could make use of: they may ask for no others. */
export const kindsFor = (user: User): AuthorisationKind[] =>
  Object.keys(authorisationKinds)
    .filter(isAuthorisationKind)
    .filter(kind => can(user, authorisationKinds[kind]))

/** Asks for an authorisation on a concern. It authorises nothing until another person grants it. */
export const askAuthorisation = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: AuthorisationInput & { /** Network address, for the log. */ readonly from: string },
  /** Staff ids among those typed that no record knows. */
  unknown: readonly string[],
): Promise<AskOutcome> => {
  const concernRef = readReference(typed)
  if (concernRef === undefined) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const concern = await findConcernFor(trx, user, 'ask-authorisation', concernRef)
    if (concern === undefined) return { outcome: 'missing' }
    const at = clock.now()
    const kinds = kindsFor(user)
    const checked = checkAuthorisation(input, {
      staffId: concern.staff_id,
      kinds,
      today: dayOf(at),
      unknown,
    })
    if ('faults' in checked) return { outcome: 'invalid', faults: checked.faults }
    const { kind, days } = checked
    const ref = newReference()
    const { fromOn, toOn, basis } = input
    await insertAuthorisation(trx, {
      ref,
      kind,
      concernRef,
      colleagues: kind === 'colleague_watch' ? [...new Set(input.colleagues)] : [],
      fromOn,
      toOn,
      days,
      basis,
      necessity: input.necessity.trim(),
      proportionality: input.proportionality.trim(),
      askedBy: user.id,
      askedAt: at,
    })
    const says = `${readAuthorisationKinds()[kind].label}, for ${days} days: authorisation ${ref}.`
    await insertHistory(trx, {
      ref: concernRef,
      at,
      kind: 'authorisation_asked',
      byUser: user.id,
      detail: { says },
    })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'authorisation-asked',
        subject: `${ref} ${concernRef}`,
        why: `${kind}, ${basis}: ${input.necessity.trim()}`,
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'asked', ref }
  })
}
