import {
  agreeExclusionEnd,
  askExclusionEnd,
  excludeByHand,
  selectKeptFrom,
  type KeptFrom,
} from '../access/exclusion-store.ts'
import type { User } from '../access/user.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { findConcernFor } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'

/** How a change of who is kept from a concern ended. `refused`: the store did not let them, such as over what is about themselves. */
export type ExclusionOutcome =
  | { readonly outcome: 'done' | 'refused' | 'missing' }
  | { readonly outcome: 'invalid'; readonly fault: string }

/** From whom a concern is kept, by name; undefined where the concern is not there for the person who asks. */
export const readKeptFrom = async (
  { store }: Pick<ConcernDeps, 'store'>,
  user: User,
  typed: string,
): Promise<readonly KeptFrom[] | undefined> => {
  const ref = readReference(typed)
  if (ref === undefined) return undefined
  if ((await findConcernFor(store.db, user, 'manage-conflicts', ref)) === undefined) return undefined
  return await selectKeptFrom(store.db, ref)
}

type Given = { readonly reason: string; /** Network address, for the log. */ readonly from: string }

/** Keeps another person from everything about the member of staff of a concern, at once and for a reason. */
export const exclude = (
  deps: ConcernDeps,
  user: User,
  typed: string,
  given: Given & { readonly userId: string },
): Promise<ExclusionOutcome> => {
  const { userId, reason } = given
  return change(deps, user, typed, { ...given, what: 'excluded-by-hand' }, (db, act) =>
    excludeByHand(db, { ...act, userId, reason }),
  )
}

/** Asks that somebody is no longer kept away. It ends once another person agrees. */
export const askEnd = (
  deps: ConcernDeps,
  user: User,
  typed: string,
  given: Given & { readonly id: string },
): Promise<ExclusionOutcome> => {
  const { id, reason } = given
  return change(deps, user, typed, { ...given, what: 'exclusion-end-asked' }, (db, act) =>
    askExclusionEnd(db, { ...act, id, reason }),
  )
}

/** Agrees to what another asked: from now on the person is no longer kept away for this reason. */
export const agreeEnd = (
  deps: ConcernDeps,
  user: User,
  typed: string,
  { id, from }: { readonly id: string; readonly from: string },
): Promise<ExclusionOutcome> =>
  change(deps, user, typed, { what: 'exclusion-ended', reason: id, from }, (db, act) =>
    agreeExclusionEnd(db, { ...act, id }),
  )

const change = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  { what, reason, from }: Given & { readonly what: AuditEvent },
  work: (db: CaseworkDb, act: { readonly ref: string; readonly at: Date }) => Promise<boolean>,
): Promise<ExclusionOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    if ((await findConcernFor(trx, user, 'manage-conflicts', ref)) === undefined)
      return { outcome: 'missing' }
    if (reason.trim() === '') return { outcome: 'invalid', fault: 'Enter the reason' }
    if (reason.length > 4_000)
      return { outcome: 'invalid', fault: 'The reason must be 4,000 characters or fewer' }
    const done = await work(trx, { ref, at: clock.now() })
    const entry = { who: user.id, what, subject: ref, why: reason, from } as const
    await appendEvent({ store: { db: trx }, clock }, { ...entry, outcome: done ? 'done' : 'refused' })
    return { outcome: done ? 'done' : 'refused' }
  })
}
