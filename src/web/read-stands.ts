import { can, type User } from '../access/user.ts'
import { budget } from '../concerns/budget.ts'
import { countWaiting } from '../concerns/count-waiting.ts'
import { readRuns, type Run } from '../detection/runs.ts'
import { readCoverage, type FeedCoverage } from '../intake/coverage.ts'
import type { Stands } from './standing-line.ts'
import type { WebDeps } from './web-deps.ts'

/** How things stand, with the coverage and the runs that it was read from. */
export type StandsRead = Stands & {
  readonly coverage: readonly FeedCoverage[]
  readonly runs: readonly Run[]
}

/**
 * Reads how things stand: what waits, the budget, the runs, and which feeds fell silent.
 * @param counted what waits, where it was counted already
 */
export const readStands = async (
  deps: WebDeps,
  user: User,
  counted?: Stands['waiting'],
): Promise<StandsRead> => {
  const [coverage, runs, spent, waiting] = await Promise.all([
    readCoverage(deps.lake),
    readRuns(deps.lake, 5),
    budget(deps, deps.content.matrix.budget.new_reviews_per_1000_staff_a_month),
    counted ?? (can(user, 'read-queue') ? countWaiting(deps, user) : undefined),
  ])
  return {
    coverage,
    runs,
    lastRun: runs[0],
    budget: {
      rate: spent.rate,
      limit: spent.newReviews,
      over: spent.over,
      overByOne: spent.overByOne,
      entered: spent.entered,
    },
    waiting,
    silent: coverage.filter(feed => feed.silent),
    now: deps.clock.now(),
  }
}
