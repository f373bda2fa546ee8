import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { addDays, dayOf } from '../core/clock.ts'
import { stateOf, type Authorisation } from './authorisation.ts'
import { readAuthorisationKinds } from './authorisation-kinds.ts'
import {
  insertReview,
  markAnswered,
  markAuthorisationEnded,
  selectAuthorisations,
} from './authorisation-store.ts'
import type { HistoryKind } from './concern.ts'
import { insertHistory } from './concern-store.ts'
import { textFault } from './footing.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'

/** What can be done to an authorisation that was asked for. */
export const authorisationActs = ['grant', 'refuse', 'review', 'end'] as const

export type AuthorisationAct = (typeof authorisationActs)[number]

export type ActInput = {
  readonly act: AuthorisationAct
  readonly reason: string
  /** Network address, for the log. */
  readonly from: string
}

export type ActOutcome =
  | { readonly outcome: 'done'; readonly concernRef: string }
  | { readonly outcome: 'invalid'; readonly concernRef: string; readonly fault: string }
  | { readonly outcome: 'missing' }

const events = {
  grant: 'authorisation-granted',
  refuse: 'authorisation-refused',
  review: 'authorisation-reviewed',
  end: 'authorisation-ended',
} as const satisfies Record<AuthorisationAct, AuditEvent>

const histories = {
  grant: 'authorisation_granted',
  refuse: 'authorisation_refused',
  review: 'authorisation_reviewed',
  end: 'authorisation_ended',
} as const satisfies Record<AuthorisationAct, HistoryKind>

/**
 * Whether a person may do this to an authorisation now. Granting, refusing and reviewing are for another than the one who asked;
 * ending is also for the one who asked.
 */
export const mayAct = (
  user: User,
  authorisation: Pick<Authorisation, 'askedBy' | 'answered' | 'ended'>,
  act: AuthorisationAct,
  now: Date,
): boolean => {
  const state = stateOf(authorisation, now)
  const own = authorisation.askedBy.id === user.id
  const second = can(user, 'approve-authorisation') && !own
  if (act === 'grant' || act === 'refuse') return second && state === 'asked'
  const open = state === 'in_force' || state === 'review_overdue'
  if (act === 'review') return second && open
  return (second || own) && (open || state === 'asked')
}

/** Grants, refuses, reviews or ends an authorisation, with the reason in the history and the log. */
export const actOnAuthorisation = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  { act, reason, from }: ActInput,
): Promise<ActOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined || !can(user, 'ask-authorisation')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const [authorisation] = await selectAuthorisations(trx, user.id, { ref })
    const at = clock.now()
    if (authorisation === undefined || !mayAct(user, authorisation, act, at)) return { outcome: 'missing' }
    const { concernRef } = authorisation
    const fault = textFault(reason, 'your reason')
    if (fault !== undefined) return { outcome: 'invalid', concernRef, fault }
    if (!(await write(trx, authorisation, act, { by: user.id, at, reason: reason.trim() })))
      return { outcome: 'missing' }
    const says = `Authorisation ${ref}: ${reason.trim()}`
    await insertHistory(trx, { ref: concernRef, at, kind: histories[act], byUser: user.id, detail: { says } })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: events[act],
        subject: `${ref} ${concernRef}`,
        why: reason.trim(),
        from,
        outcome: 'done',
      },
    )
    return { outcome: 'done', concernRef }
  })
}

type Done = { readonly by: string; readonly at: Date; readonly reason: string }

/** False where another was faster. */
const write = async (
  db: CaseworkDb,
  { ref, kind, days, answered }: Authorisation,
  act: AuthorisationAct,
  done: Done,
): Promise<boolean> => {
  const { review_days } = readAuthorisationKinds()[kind]
  const reviewBy = addDays(dayOf(done.at), review_days)
  if (act === 'grant') {
    const expiresAt = new Date(done.at.getTime() + days * 86_400_000)
    return await markAnswered(db, ref, { ...done, granted: { expiresAt, reviewBy } })
  }
  if (act === 'refuse') return await markAnswered(db, ref, { ...done, granted: undefined })
  if (act === 'end') return await markAuthorisationEnded(db, ref, done)
  if (answered?.granted === undefined) return false
  await insertReview(db, { ref, ...done, nextBy: reviewBy })
  return true
}
