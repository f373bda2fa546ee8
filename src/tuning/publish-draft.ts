import { can, type User } from '../access/user.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Indicator } from '../detection/indicators.ts'
import type { TuningDeps } from './tuning-deps.ts'
import { deleteDraft, findDraft, insertEdition, listEditions, markAsked } from './tuning-store.ts'

type PublishDeps = Pick<TuningDeps, 'store' | 'clock'>

type Input = {
  /** The version of the draft that the person had before them. */
  readonly version: number | undefined
  /** Network address, for the log. */
  readonly from: string
}

/** Asks for a draft to be published: from now on it waits for a second person. */
export const askToPublish = async (
  { store, clock }: PublishDeps,
  user: User,
  indicator: string,
  input: Input & { readonly reason: string },
): Promise<
  | { readonly outcome: 'asked' | 'changed' | 'no-preview' | 'missing' }
  | { readonly outcome: 'invalid'; readonly fault: string }
> => {
  if (!can(user, 'tune-indicators')) return { outcome: 'missing' }
  const reason = input.reason.trim()
  return await store.db.transaction().execute(async trx => {
    const draft = await findDraft(trx, indicator, true)
    if (draft === undefined) return { outcome: 'missing' }
    if (draft.version !== input.version) return { outcome: 'changed' }
    if (reason === '')
      return { outcome: 'invalid', fault: 'Enter your reason: what you saw, and what the change mends' }
    if (reason.length > 4_000)
      return { outcome: 'invalid', fault: 'Your reason must be 4,000 characters or fewer' }
    if (draft.preview === undefined) return { outcome: 'no-preview' }
    // Who asks answers for the draft, whoever typed it first: the second person must be another.
    await markAsked(trx, indicator, { at: clock.now(), reason, madeBy: user.id })
    await writeEvent(trx, clock, {
      who: user.id,
      what: 'tuning-asked',
      subject: indicator,
      why: reason,
      from: input.from,
    })
    return { outcome: 'asked' }
  })
}

/** Sends a draft that waits back to the person who made it, or takes the asking back. */
export const returnDraft = async (
  { store, clock }: PublishDeps,
  user: User,
  indicator: string,
  input: Input,
): Promise<{ readonly outcome: 'returned' | 'changed' | 'missing' }> => {
  if (!can(user, 'agree-tuning')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const draft = await findDraft(trx, indicator, true)
    if (draft?.askedAt === undefined) return { outcome: 'missing' }
    if (draft.version !== input.version) return { outcome: 'changed' }
    await markAsked(trx, indicator, { at: null, reason: draft.reason, madeBy: draft.madeBy })
    await writeEvent(trx, clock, {
      who: user.id,
      what: 'tuning-returned',
      subject: indicator,
      why: '',
      from: input.from,
    })
    return { outcome: 'returned' }
  })
}

/**
 * Agrees to a draft of another person, which publishes it as the next edition: detection runs with it from its next run on.
 * @param indicator as the content has it now: a draft of another version has to be made anew
 */
export const publishDraft = async (
  { store, clock }: PublishDeps,
  user: User,
  indicator: Pick<Indicator, 'id' | 'version'>,
  input: Input,
): Promise<{
  readonly outcome: 'published' | 'changed' | 'own-draft' | 'content-changed' | 'missing'
}> => {
  if (!can(user, 'agree-tuning')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const draft = await findDraft(trx, indicator.id, true)
    if (draft?.askedAt === undefined) return { outcome: 'missing' }
    if (draft.version !== input.version) return { outcome: 'changed' }
    if (draft.madeBy === user.id) return { outcome: 'own-draft' }
    if (draft.contentVersion !== indicator.version) return { outcome: 'content-changed' }
    const edition = ((await listEditions(trx, indicator.id))[0]?.edition ?? 0) + 1
    await insertEdition(trx, {
      ...draft,
      edition,
      agreedBy: user.id,
      rolledBackTo: null,
      at: clock.now(),
    })
    await deleteDraft(trx, indicator.id)
    await writeEvent(trx, clock, {
      who: user.id,
      what: 'tuning-published',
      subject: `${indicator.id} ${indicator.version}.${edition}`,
      why: draft.reason,
      from: input.from,
    })
    return { outcome: 'published' }
  })
}

const writeEvent = async (
  db: CaseworkDb,
  clock: TuningDeps['clock'],
  event: {
    readonly who: string
    readonly what: AuditEvent
    readonly subject: string
    readonly why: string
    readonly from: string
  },
): Promise<void> => {
  await appendEvent({ store: { db }, clock }, { ...event, outcome: 'done' })
}
