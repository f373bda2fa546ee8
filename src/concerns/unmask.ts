import { randomUUID } from 'node:crypto'
import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'
import { isBeyondQuota, readUnmaskQuota } from './unmask-quota.ts'
import { findRequest, insertRequest, markGranted } from './unmask-store.ts'

/** Hours for which identities are shown after a recorded unmask. Judgement: one shift. */
const unmaskHours = 8

export type UnmaskInput = {
  readonly reason: string
  /** Network address, for the log. */
  readonly from?: string | undefined
}

export type UnmaskOutcome =
  /** A second person who may grant it has agreed. */
  | { readonly outcome: 'shown'; readonly until: Date }
  /** A second person has to agree first, whoever asks. */
  | { readonly outcome: 'asked' }
  | { readonly outcome: 'invalid'; readonly fault: string }
  | { readonly outcome: 'missing' }

/**
 * Asks to know who a concern is about. Whoever asks, the head of unit too, waits for a second person who may grant it. The reason is
 * in the history and the log first.
 */
export const requestUnmask = async (
  deps: ConcernDeps,
  user: User,
  typed: string,
  input: UnmaskInput,
): Promise<UnmaskOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  return await deps.store.db.transaction().execute(async trx => {
    if ((await findConcernFor(trx, user, 'ask-unmask', ref)) === undefined) return { outcome: 'missing' }
    const reason = input.reason.trim()
    if (reason === '') return { outcome: 'invalid', fault: 'Enter why you need to know who they are' }
    if (reason.length > 4_000)
      return { outcome: 'invalid', fault: 'Your reason must be 4,000 characters or fewer' }
    const id = randomUUID()
    const now = deps.clock.now()
    if (await isBeyondQuota(trx, { userId: user.id, ref, now })) {
      await logRefusal({ ...deps, store: { db: trx } }, user, ref, input.from ?? '')
      const { concerns, days } = readUnmaskQuota()
      const fault = `You were shown ${concerns} concerns in ${days} days, which is the most for one person. Ask a colleague to take this one on, or decide it masked. Where life is at risk, use break-glass. The auditor is told that you asked`
      return { outcome: 'invalid', fault }
    }
    await insertRequest(trx, { id, ref, askedBy: user.id, askedAt: now, reason })
    const detail = { says: reason }
    await insertHistory(trx, { ref, at: now, kind: 'unmask_asked', byUser: user.id, detail })
    await appendEvent(
      { ...deps, store: { db: trx } },
      {
        who: user.id,
        what: 'unmask-asked',
        subject: ref,
        why: reason,
        from: input.from ?? '',
        outcome: 'done',
      },
    )
    return { outcome: 'asked' }
  })
}

/** Agrees to another's request: the one who asked is shown who the concern is about, for one shift. */
export const grantUnmask = async (
  deps: ConcernDeps,
  user: User,
  requestId: string,
  from = '',
): Promise<UnmaskOutcome> => {
  if (!can(user, 'grant-unmask')) return { outcome: 'missing' }
  return await deps.store.db.transaction().execute(async trx => {
    const request = await findRequest(trx, requestId)
    if (request === undefined || request.granted_at !== null || request.asked_by === user.id)
      return { outcome: 'missing' }
    if ((await findConcernFor(trx, user, 'grant-unmask', request.ref)) === undefined)
      return { outcome: 'missing' }
    const asked = { userId: request.asked_by, ref: request.ref, now: deps.clock.now() }
    if (await isBeyondQuota(trx, asked)) {
      await logRefusal({ ...deps, store: { db: trx } }, user, request.ref, from)
      const fault = `They were shown the most concerns that one person may be shown in ${readUnmaskQuota().days} days. Ask a colleague of theirs to take this one on. The auditor is told`
      return { outcome: 'invalid', fault }
    }
    return await grant(trx, deps, user, { id: request.id, ref: request.ref, from })
  })
}

/** A refusal for the quota: the auditor finds it on the page that watches the unit. */
const logRefusal = async (deps: ConcernDeps, user: User, subject: string, from: string): Promise<void> => {
  await appendEvent(deps, {
    who: user.id,
    what: 'unmask-beyond-quota',
    subject,
    why: 'Beyond the quota',
    from,
    outcome: 'refused',
  })
}

const grant = async (
  trx: CaseworkDb,
  deps: ConcernDeps,
  user: User,
  request: { readonly id: string; readonly ref: string; readonly from: string },
): Promise<UnmaskOutcome> => {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + unmaskHours * 3_600_000)
  await markGranted(trx, request.id, { by: user.id, at: now, until })
  const detail = { says: `Identities shown for ${unmaskHours} hours.` }
  await insertHistory(trx, { ref: request.ref, at: now, kind: 'unmasked', byUser: user.id, detail })
  await appendEvent(
    { ...deps, store: { db: trx } },
    {
      who: user.id,
      what: 'unmask-granted',
      subject: request.ref,
      why: request.id,
      from: request.from,
      outcome: 'done',
    },
  )
  return { outcome: 'shown', until }
}
