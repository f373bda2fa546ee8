import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { addDays, dayOf, type Clock } from '../core/clock.ts'
import { readFeeds } from '../intake/feeds.ts'
import { insertFeedBases, selectFeedBases } from './feed-basis-store.ts'
import { longestBasisDays, readFeedForm, type FeedFaults, type TypedFeeds } from './read-feed-form.ts'

type ConfirmDeps = { readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

export type ConfirmOutcome =
  | { readonly outcome: 'confirmed'; readonly feeds: number }
  | { readonly outcome: 'invalid'; readonly faults: FeedFaults }
  | { readonly outcome: 'missing' }

/** Says on what lawful basis feeds are read, until a day. From the next detection on they are read. */
export const confirmFeeds = async (
  { store, clock }: ConfirmDeps,
  /** The person who confirms it, or the name given on the command line. */
  by: User | { readonly commandLine: string },
  typed: TypedFeeds,
  /** Network address, for the log. */
  from: string,
): Promise<ConfirmOutcome> => {
  if (!('commandLine' in by) && !can(by, 'confirm-feeds')) return { outcome: 'missing' }
  const at = clock.now()
  const read = readFeedForm(typed, dayOf(at))
  if ('faults' in read) return { outcome: 'invalid', faults: read.faults }
  const madeBy = 'commandLine' in by ? by.commandLine : by.id
  await store.db.transaction().execute(async trx => {
    const also = { throughBatch: null, withdrawn: false, madeBy, madeAt: at }
    await insertFeedBases(
      trx,
      read.checked.map(each => ({ ...each, ...also })),
    )
    for (const { feed, basis, notice, retentionDays, untilOn, reason } of read.checked)
      await appendEvent(
        { store: { db: trx }, clock },
        {
          who: 'commandLine' in by ? 'set-up' : by.id,
          what: 'feeds-confirmed',
          subject: feed,
          why: `${'commandLine' in by ? `${by.commandLine}: ` : ''}${basis}, ${notice}, kept ${retentionDays} days, until ${untilOn}: ${reason}`,
          from,
          outcome: 'done',
        },
      )
  })
  return { outcome: 'confirmed', feeds: read.checked.length }
}

/** Withdraws the basis of feeds: from the next detection on nothing reads them. Those that have none are left alone. */
export const withdrawFeeds = async (
  { store, clock }: ConfirmDeps,
  user: User,
  typed: Pick<TypedFeeds, 'feeds' | 'reason'>,
  from: string,
): Promise<ConfirmOutcome> => {
  if (!can(user, 'confirm-feeds')) return { outcome: 'missing' }
  const reason = typed.reason.trim()
  const faults: FeedFaults = {
    ...(typed.feeds.length === 0 ? { feeds: 'Select at least one feed' } : {}),
    ...(reason === '' ? { reason: 'Enter why the basis is withdrawn' } : {}),
    ...(reason.length > 4_000 ? { reason: 'Your reason must be 4,000 characters or fewer' } : {}),
  }
  if (Object.keys(faults).length > 0) return { outcome: 'invalid', faults }
  return await store.db.transaction().execute(async trx => {
    const said = await selectFeedBases(trx)
    const open = said.filter(each => typed.feeds.includes(each.feed) && !each.withdrawn)
    const also = { withdrawn: true, reason, madeBy: user.id, madeAt: clock.now() }
    await insertFeedBases(
      trx,
      open.map(each => ({ ...each, ...also })),
    )
    for (const { feed } of open)
      await appendEvent(
        { store: { db: trx }, clock },
        { who: user.id, what: 'feeds-withdrawn', subject: feed, why: reason, from, outcome: 'done' },
      )
    return { outcome: 'confirmed', feeds: open.length }
  })
}

/** Confirms every feed as proposed for invented records: one batch of real records more, and it counts no longer. */
export const confirmInvented = async ({ store, clock }: ConfirmDeps, throughBatch: number): Promise<void> => {
  const at = clock.now()
  const { feeds } = readFeeds()
  const reason = 'Invented records of the demonstration force: nobody real is in them.'
  const by = { throughBatch, withdrawn: false, reason, madeBy: 'set-up', madeAt: at }
  await store.db.transaction().execute(async trx => {
    await insertFeedBases(
      trx,
      feeds.map(({ name, basis, notice, owner, retentionDays }) => ({
        ...{ feed: name, basis, notice, owner, retentionDays, ...by },
        ...{ noticeOn: dayOf(at), untilOn: addDays(dayOf(at), longestBasisDays) },
      })),
    )
    for (const { name: subject } of feeds)
      await appendEvent(
        { store: { db: trx }, clock },
        { who: 'set-up', what: 'feeds-confirmed', subject, why: reason, from: 'set-up', outcome: 'done' },
      )
  })
}
