import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { Indicator } from '../detection/indicators.ts'
import { noChanges } from '../detection/tunings.ts'
import type { TuningDeps } from './tuning-deps.ts'
import { insertEdition, listEditions, lockTuning } from './tuning-store.ts'

/**
 * Makes an earlier edition the one that detection runs with, or the content itself (0). One person may: two agreed to it before.
 * It is an edition of its own, so that findings say what they were found with, and can be rolled back in turn.
 */
export const rollBack = async (
  { store, clock }: Pick<TuningDeps, 'store' | 'clock'>,
  user: User,
  indicator: Pick<Indicator, 'id' | 'version'>,
  input: { readonly to: number; /** Network address, for the log. */ readonly from: string },
): Promise<{ readonly outcome: 'rolled-back' | 'missing' }> => {
  if (!can(user, 'tune-indicators')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    await lockTuning(trx, indicator.id)
    const editions = await listEditions(trx, indicator.id)
    const now = editions[0]?.edition ?? 0
    const target = editions.find(each => each.edition === input.to)
    if (input.to >= now || (target === undefined && input.to !== 0)) return { outcome: 'missing' }
    const says = input.to === 0 ? 'Rolled back to the content' : `Rolled back to edition ${input.to}`
    await insertEdition(trx, {
      indicator: indicator.id,
      edition: now + 1,
      contentVersion: target?.contentVersion ?? indicator.version,
      changes: target?.changes ?? noChanges,
      preview: undefined,
      reason: says,
      madeBy: user.id,
      agreedBy: null,
      rolledBackTo: input.to,
      at: clock.now(),
    })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'tuning-rolled-back',
        subject: `${indicator.id} ${indicator.version}.${now + 1}`,
        why: says,
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'rolled-back' }
  })
}
