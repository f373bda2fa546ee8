import type { User } from '../access/user.ts'
import { insertExclusion } from '../access/exclusion-store.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'

/** Whom a person may know, as the form asks it. */
export const acquaintances = {
  staff: 'The member of staff',
  person: 'The member of the public',
  both: 'Both',
} as const satisfies Record<string, string>

export type RecuseOutcome =
  | { readonly outcome: 'taken-off' }
  | { readonly outcome: 'invalid'; readonly fault: string }
  | { readonly outcome: 'missing' }

/**
 * Takes a person who knows somebody in a concern off it, and off everything else about that member of staff (and that member of
 * the public, where it is them they know), for good: from then on it is not there for them, in the queue or by its address. The
 * others see in its history that it happened.
 */
export const recuse = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: { readonly knows: string; /** Network address, for the log. */ readonly from?: string },
): Promise<RecuseOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const stored = await findConcernFor(trx, user, 'read-concern', ref, true)
    if (stored === undefined) return { outcome: 'missing' }
    if (!isAcquaintance(input.knows)) return { outcome: 'invalid', fault: 'Select whom you know' }
    const at = clock.now()
    const detail = { says: `Knows ${acquaintances[input.knows].toLowerCase()}.` }
    await insertHistory(trx, { ref, at, kind: 'recused', byUser: user.id, detail })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'concern-recused',
        subject: ref,
        why: input.knows,
        from: input.from ?? '',
        outcome: 'done',
      },
    )
    // Last, because from here on the concern is not there for them.
    const own = { userId: user.id, kind: 'recusal', source: `concerns:${ref}`, byUser: user.id, at } as const
    await insertExclusion(trx, { ...own, from: { staffId: stored.staff_id } })
    if (input.knows !== 'staff' && stored.person_id !== '')
      await insertExclusion(trx, { ...own, from: { personId: stored.person_id } })
    return { outcome: 'taken-off' }
  })
}

const isAcquaintance = (typed: string): typed is keyof typeof acquaintances =>
  Object.hasOwn(acquaintances, typed)
