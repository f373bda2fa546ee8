import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { dayOf, type Clock } from '../core/clock.ts'
import { planFallen, planOpening, planUpdate, type PlannedChange } from './plan-raise.ts'
import { insertOpened, lockRaising, pairKey, readKnown, updateRaised, type Waiting } from './raise-store.ts'
import type { Standing } from './standing.ts'
import { addWorkingDays } from './working-days.ts'

/** What use cases on concerns need: the store and the time. */
export type ConcernDeps = { readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

/** How many concerns a run opened, added evidence to, opened again, and left as they were. */
export type Raised = {
  readonly opened: number
  readonly joined: number
  readonly reopened: number
  readonly unchanged: number
}

/** What the budget needs to know of a run of detection. */
export type RunTotals = {
  /** Members of staff on the last detected day. */
  readonly staffCount: number
  /** Last day of the records, `YYYY-MM-DD`; undefined when there are none. */
  readonly lastDay: string | undefined
}

/** Working days in which a concern that waits for a decision is to have one. */
export const workingDaysToDecide = 3

/**
 * Brings the concerns up to date with how the pairs stand: opens one for each pair that has none, adds new evidence to the
 * open ones, opens closed ones again for new evidence, and says which are no longer borne out. One transaction, and the same
 * standings a second time change nothing.
 * @param standings every pair at watch or above on the last detected day: a pair that is not there is below watch
 */
export const raiseConcerns = async (
  { store, clock }: ConcernDeps,
  standings: readonly Standing[],
  run: RunTotals,
): Promise<Raised> =>
  store.db.transaction().execute(async trx => {
    const now = clock.now()
    const today = dayOf(now)
    const waiting: Waiting = { now, dueOn: addWorkingDays(today, workingDaysToDecide) }
    await lockRaising(trx)
    const known = await readKnown(trx)
    const stands = new Map(standings.filter(each => each.band !== 'none').map(each => [pairKey(each), each]))
    const opened: { standing: Standing; change: PlannedChange }[] = []
    const counts = { opened: 0, joined: 0, reopened: 0, unchanged: 0 }
    for (const [key, standing] of stands) {
      const concern = known.get(key)
      const change = concern === undefined ? planOpening(standing) : planUpdate(concern, standing, today)
      counts[change.outcome]++
      if (concern === undefined) opened.push({ standing, change })
      else if (change.takesStanding) await updateRaised(trx, concern, standing, change, waiting)
    }
    await insertOpened(trx, opened, waiting)
    for (const [key, concern] of known) {
      const change = stands.has(key) ? undefined : planFallen(concern, today)
      if (change !== undefined) await updateRaised(trx, concern, undefined, change, waiting)
    }
    await trx
      .insertInto('raise_runs')
      .values({ at: now, on_day: run.lastDay ?? null, staff_count: run.staffCount, ...counts })
      .execute()
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: 'detection',
        what: 'concerns-raised',
        subject: '',
        why: `${counts.opened} opened, ${counts.joined} joined, ${counts.reopened} reopened`,
        from: 'detection',
        outcome: 'done',
      },
    )
    return counts
  })
