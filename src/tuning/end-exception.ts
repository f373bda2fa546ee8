import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { dayOf } from '../core/clock.ts'
import { listExceptions, markExceptionEnded } from './exception-store.ts'
import type { TuningDeps } from './tuning-deps.ts'

/** `end` lets later findings count; `withdraw` says that it should never have been made: what it set aside counts again too. */
export type HowToEnd = 'end' | 'withdraw'

/** Ends or withdraws an exception. What it was and why stays in the record; detection follows with its next run. */
export const endException = async (
  { store, clock }: Pick<TuningDeps, 'store' | 'clock'>,
  user: User,
  id: string,
  input: { readonly how: HowToEnd; /** Network address, for the log. */ readonly from: string },
): Promise<{ readonly outcome: 'ended' | 'missing' }> => {
  if (!can(user, 'manage-exceptions')) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const found = (await listExceptions(trx)).find(each => each.id === id)
    const today = dayOf(clock.now())
    const withdraws = input.how === 'withdraw'
    if (found === undefined || found.withdrawn || (!withdraws && found.untilOn <= today))
      return { outcome: 'missing' }
    await markExceptionEnded(trx, id, {
      by: user.id,
      at: clock.now(),
      untilOn: found.untilOn < today ? found.untilOn : today,
      withdrawn: withdraws,
    })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'exception-ended',
        subject: `${id} ${found.concernRef}`.trim(),
        why: withdraws ? 'withdrawn' : `ended on ${today}`,
        from: input.from,
        outcome: 'done',
      },
    )
    return { outcome: 'ended' }
  })
}
