import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { shardsFor } from '../detection/detect.ts'
import { readIndicators, type Indicator } from '../detection/indicators.ts'
import { previewTuning } from '../detection/preview-tuning.ts'
import { withChanges, withTunings } from '../detection/tunings.ts'
import { indicatorsWithout, withoutFeeds } from '../detection/without-feeds.ts'
import { oneAtATime } from '../lake/one-at-a-time.ts'
import { readDraftChanges, type DraftFaults, type TypedDraft } from './read-draft-changes.ts'
import { readRules } from './read-rules.ts'
import type { TuningDeps } from './tuning-deps.ts'
import { deleteDraft, findDraft, lockTuning, putDraft } from './tuning-store.ts'
import { readUnreadFeeds } from './unread-feeds.ts'

export type SaveOutcome =
  | { readonly outcome: 'saved' }
  | { readonly outcome: 'invalid'; readonly faults: DraftFaults }
  | { readonly outcome: 'missing' }

/**
 * Keeps what somebody typed as the draft of an indicator, with a preview of it. Nothing that counts changes. A draft of somebody
 * else is taken over, and has to be asked for anew.
 * @param indicator as the content has it
 */
export const saveDraft = async (
  { lake, store, clock }: TuningDeps,
  user: User,
  indicator: Indicator,
  input: { readonly typed: TypedDraft; /** Network address, for the log. */ readonly from: string },
): Promise<SaveOutcome> => {
  if (!can(user, 'tune-indicators')) return { outcome: 'missing' }
  const read = readDraftChanges(indicator, input.typed)
  if ('faults' in read) return { outcome: 'invalid', faults: read.faults }
  const { changes } = read
  const { exceptions, tunings } = await readRules(store.db)
  const preview = await oneAtATime(lake, async () => {
    const unread = await readUnreadFeeds({ lake, store, clock })
    const reading = await withoutFeeds(lake, unread)
    const indicators = indicatorsWithout(withTunings(readIndicators(), tunings), unread)
    const given = { shards: await shardsFor(lake), exceptions, unread, indicators }
    return previewTuning(reading, withChanges(indicator, changes), given)
  })
  await store.db.transaction().execute(async trx => {
    await lockTuning(trx, indicator.id)
    const at = clock.now()
    const contentVersion = indicator.version
    await putDraft(trx, { indicator: indicator.id, contentVersion, changes, madeBy: user.id, preview, at })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'tuning-drafted',
        subject: indicator.id,
        why: JSON.stringify(changes),
        from: input.from,
        outcome: 'done',
      },
    )
  })
  return { outcome: 'saved' }
}

/** Throws a draft away. What was published stays. */
export const discardDraft = async (
  { store, clock }: Pick<TuningDeps, 'store' | 'clock'>,
  user: User,
  indicator: string,
  from: string,
): Promise<{ readonly outcome: 'discarded' | 'missing' }> => {
  if (!can(user, 'tune-indicators')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    if ((await findDraft(trx, indicator, true)) === undefined) return { outcome: 'missing' }
    await deleteDraft(trx, indicator)
    await appendEvent(
      { store: { db: trx }, clock },
      { who: user.id, what: 'tuning-discarded', subject: indicator, why: '', from, outcome: 'done' },
    )
    return { outcome: 'discarded' }
  })
}
