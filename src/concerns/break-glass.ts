import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { dayOf } from '../core/clock.ts'
import { readBreakGlassCauses } from './break-glass-causes.ts'
import {
  insertApproval,
  insertGlass,
  isKeptFrom,
  markReviewed,
  obstacleTo,
  readGlass,
  selectGlass,
  type Obstacle,
  type OpenedGlass,
  type StoredGlass,
} from './break-glass-store.ts'
import { insertHistory } from './concern-store.ts'
import { textFault } from './footing.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { newReference, readReference } from './reference.ts'
import { addWorkingDays } from './working-days.ts'

/** Working days within which an opening is reviewed (security design: five). */
const reviewDays = 5

/** The day by which an opening must be reviewed, `YYYY-MM-DD`; undefined where nothing was opened. */
export const reviewDue = ({ opened }: Pick<StoredGlass, 'opened'>): string | undefined =>
  opened === undefined ? undefined : addWorkingDays(dayOf(opened.at), reviewDays)

/** Whether an opening should have been reviewed by now and was not. */
export const isReviewOverdue = (glass: Pick<StoredGlass, 'opened' | 'reviewed'>, now: Date): boolean =>
  glass.reviewed === undefined && (reviewDue(glass) ?? '9999') < dayOf(now)

/** Emergencies in which a person has a part: their own, those they may approve or review, and those of concerns they read. */
export const listGlass = ({ store }: Pick<ConcernDeps, 'store'>, user: User): Promise<StoredGlass[]> =>
  selectGlass(store.db, {
    userId: user.id,
    all: can(user, 'approve-break-glass') || can(user, 'review-break-glass') || can(user, 'read-concern'),
  })

export type GlassOutcome =
  | { readonly outcome: 'done'; readonly ref: string }
  | {
      readonly outcome: 'invalid'
      readonly field: 'concern' | 'cause' | 'reason' | 'outcome'
      readonly fault: string
    }
  | { readonly outcome: 'missing' }

type Input = { readonly reason: string; /** Network address, for the log. */ readonly from: string }

/** Asks two others to open one concern. One that is kept from the person is answered as one that is not there. */
export const askBreakGlass = async (
  { store, clock }: ConcernDeps,
  user: User,
  input: Input & { readonly concern: string; readonly cause: string },
): Promise<GlassOutcome> => {
  if (!can(user, 'ask-break-glass')) return { outcome: 'missing' }
  const log = (what: AuditEvent, subject: string, outcome: 'done' | 'refused', why: string) => ({
    who: user.id,
    what,
    subject,
    why,
    from: input.from,
    outcome,
  })
  return await store.db.transaction().execute(async (trx): Promise<GlassOutcome> => {
    const at = clock.now()
    if (!Object.hasOwn(readBreakGlassCauses(), input.cause))
      return { outcome: 'invalid', field: 'cause', fault: 'Select why it must be opened' }
    const fault = textFault(input.reason, 'what has happened')
    if (fault !== undefined) return { outcome: 'invalid', field: 'reason', fault }
    const own = await selectGlass(trx, { userId: user.id, all: false })
    const overdue = own.some(each => isReviewOverdue(each, at))
    const concernRef = readReference(input.concern)
    if (overdue || concernRef === undefined || (await isKeptFrom(trx, user.id, concernRef))) {
      const why = overdue ? 'an earlier one was never reviewed' : 'no such concern, or kept from them'
      await appendEvent(
        { store: { db: trx }, clock },
        log('break-glass-asked', concernRef ?? '', 'refused', why),
      )
      return {
        outcome: 'invalid',
        field: 'concern',
        fault: overdue
          ? 'What was opened to you before was not reviewed in time. Ask the auditor to review it first'
          : 'No concern has this reference',
      }
    }
    const ref = newReference()
    const reason = input.reason.trim()
    await insertGlass(trx, { ref, concernRef, cause: input.cause, reason, askedBy: user.id, askedAt: at })
    const why = `${input.cause}: ${reason}`
    await appendEvent(
      { store: { db: trx }, clock },
      log('break-glass-asked', `${ref} ${concernRef}`, 'done', why),
    )
    return { outcome: 'done', ref }
  })
}

const obstacleWords: Readonly<Record<Exclude<Obstacle, 'missing'>, string>> = {
  own: 'You cannot approve what you asked for',
  opened: 'It is open already',
  late: 'It was asked for more than an hour ago. They must ask again',
  twice: 'You have approved it. Another person is needed',
  line: 'You are in the line of the person who asks, or your line is not known. Somebody from another line is needed',
  same_line: 'You are in the line of the other person who approved. Somebody from another line is needed',
}

/** Approves another's request. The second approval opens the concern to them for an hour; its history and the log say so. */
export const approveBreakGlass = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: Input,
): Promise<GlassOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined || !can(user, 'approve-break-glass')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async (trx): Promise<GlassOutcome> => {
    const at = clock.now()
    const obstacle = await obstacleTo(trx, ref, user.id, at)
    if (obstacle === 'missing') return { outcome: 'missing' }
    const fault = obstacle === undefined ? textFault(input.reason, 'why you agree') : obstacleWords[obstacle]
    if (fault !== undefined) return { outcome: 'invalid', field: 'reason', fault }
    await insertApproval(trx, { ref, by: user.id, at, reason: input.reason.trim() })
    const [glass] = await selectGlass(trx, { userId: user.id, all: true, ref })
    if (glass === undefined) return { outcome: 'missing' }
    const opened = glass.opened !== undefined
    if (opened)
      await insertHistory(trx, {
        ref: glass.concernRef,
        at,
        kind: 'glass_broken',
        byUser: user.id,
        detail: {
          says: `Opened in an emergency for an hour: ${ref}. It is reviewed by ${reviewDue(glass) ?? ''}.`,
        },
      })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: opened ? 'break-glass-opened' : 'break-glass-approved',
        subject: `${ref} ${glass.concernRef}`,
        why: input.reason.trim(),
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'done', ref }
  })
}

/** What was opened to a person, while the hour lasts; the log has each reading before it is shown, and each refusal. */
export const readBrokenGlass = async (
  deps: ConcernDeps,
  user: User,
  typed: string,
  from: string,
): Promise<OpenedGlass | undefined> => {
  const ref = readReference(typed)
  if (ref === undefined || !can(user, 'ask-break-glass')) return undefined
  const opened = await readGlass(deps.store.db, ref, user.id, deps.clock.now())
  await appendEvent(deps, {
    who: user.id,
    what: 'break-glass-read',
    subject: opened === undefined ? ref : `${ref} ${opened.ref}`,
    why: 'Read what was opened in an emergency',
    from,
    outcome: opened === undefined ? 'refused' : 'allowed',
  })
  return opened
}

/** Records whether an opening was justified, by somebody who had no part in it. */
export const reviewBreakGlass = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  input: Input & { readonly justified: string },
): Promise<GlassOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined || !can(user, 'review-break-glass')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async (trx): Promise<GlassOutcome> => {
    const [glass] = await selectGlass(trx, { userId: user.id, all: true, ref })
    if (glass?.opened === undefined || glass.reviewed !== undefined || glass.askedBy === user.id)
      return { outcome: 'missing' }
    if (input.justified !== 'yes' && input.justified !== 'no')
      return { outcome: 'invalid', field: 'outcome', fault: 'Select whether it was justified' }
    const fault = textFault(input.reason, 'what you looked at')
    if (fault !== undefined) return { outcome: 'invalid', field: 'reason', fault }
    const review = {
      ref,
      by: user.id,
      at: clock.now(),
      justified: input.justified === 'yes',
      note: input.reason.trim(),
    }
    if (!(await markReviewed(trx, review))) return { outcome: 'missing' }
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'break-glass-reviewed',
        subject: `${ref} ${glass.concernRef}`,
        why: `${review.justified ? 'justified' : 'not justified'}: ${review.note}`,
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'done', ref }
  })
}
