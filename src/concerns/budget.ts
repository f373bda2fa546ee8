import { addDays } from '../core/clock.ts'
import { countReviewsEntered, findLastRun } from './budget-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'

/** The budget is counted per this many staff, over this many days; how many new reviews it allows is in the matrix. */
const perStaff = 1_000
const days = 30

/** How the false-alert budget stands. */
export type Budget = {
  /** The most new reviews per 1,000 staff that there should be. */
  readonly newReviews: number
  /** Concerns that entered the queue for evidence of these days. */
  readonly entered: number
  readonly staffCount: number
  /** New reviews per 1,000 staff; undefined while nobody has said how many staff there are. */
  readonly rate: number | undefined
  readonly over: boolean
  /** Over, and without one of those concerns it would not be: in a small force that may be chance. */
  readonly overByOne: boolean
  /** The last day counted, `YYYY-MM-DD`; undefined when detection has not run. */
  readonly toDay: string | undefined
}

/**
 * New reviews per 1,000 staff in the thirty days up to the last detected day. Counted by the day on which the evidence sufficed,
 * so that a first run over years of records does not read as a month of alerts.
 * @param newReviews the most that there should be
 */
export const budget = async ({ store }: Pick<ConcernDeps, 'store'>, newReviews: number): Promise<Budget> => {
  const run = await findLastRun(store.db)
  const toDay = run?.on_day ?? undefined
  const entered =
    toDay === undefined ? 0 : await countReviewsEntered(store.db, addDays(toDay, 1 - days), toDay)
  const staffCount = run?.staff_count ?? 0
  const rateOf = (count: number) => (staffCount > 0 ? (count * perStaff) / staffCount : undefined)
  const rate = rateOf(entered)
  const over = rate !== undefined && rate > newReviews
  return {
    newReviews,
    entered,
    staffCount,
    rate,
    over,
    overByOne: over && (rateOf(entered - 1) ?? 0) <= newReviews,
    toDay,
  }
}
