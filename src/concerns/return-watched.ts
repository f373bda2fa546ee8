import { dayOf } from '../core/clock.ts'
import { findConcern, insertHistory } from './concern-store.ts'
import { workingDaysToDecide, type ConcernDeps } from './raise-concerns.ts'
import { putBackInQueue, selectWatchedUntil } from './watch-store.ts'
import { addWorkingDays } from './working-days.ts'

/** Puts concerns back into the queue whose watch has ended; run before the queue is read, so that none waits for a nightly run. */
export const returnWatched = async ({ store, clock }: ConcernDeps): Promise<number> => {
  const now = clock.now()
  const today = dayOf(now)
  const refs = await selectWatchedUntil(store.db, today)
  if (refs.length === 0) return 0
  return await store.db.transaction().execute(async trx => {
    let returned = 0
    for (const ref of refs) {
      const concern = await findConcern(trx, ref, true)
      // Somebody else may have returned or decided it since it was read.
      if (concern?.status !== 'watching' || concern.watch_until === null || concern.watch_until > today)
        continue
      await putBackInQueue(trx, ref, now, addWorkingDays(today, workingDaysToDecide))
      const detail = { says: `It was to be watched until ${concern.watch_until}.` }
      await insertHistory(trx, { ref, at: now, kind: 'returned', byUser: null, detail })
      returned++
    }
    return returned
  })
}
