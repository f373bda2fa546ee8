import type { User } from '../access/user.ts'
import type { ConcernDeps } from '../concerns/raise-concerns.ts'
import { keepSweep, orderSweep, type SweepInput } from '../concerns/sweeps.ts'
import { sweepStaff } from '../detection/sweep.ts'
import { staffCoverage } from '../intake/coverage.ts'
import type { Lake } from '../lake/lake.ts'

export type SweepOutcome =
  | { readonly outcome: 'kept'; readonly id: string }
  | { readonly outcome: 'invalid'; readonly fault: string }
  | { readonly outcome: 'missing' }

/** Sweeps from a concern: the log first, then the records, then what was found is kept. Nothing is scored or raised by it. */
export const runSweep = async (
  deps: ConcernDeps & { readonly lake: Lake },
  user: User,
  ref: string,
  input: SweepInput,
): Promise<SweepOutcome> => {
  const start = await orderSweep(deps, user, ref, input)
  if (start.outcome !== 'may-run') return start
  const startedAt = performance.now()
  const { fromOn, toOn } = start.order.authorisation
  const found = await sweepStaff(deps.lake, start.order, start.order, { fromOn, toOn })
  const coverage = await staffCoverage(deps.lake, start.order.staffId, found.fromDay, found.toDay)
  const seconds = Math.round((performance.now() - startedAt) / 10) / 100
  return {
    outcome: 'kept',
    id: await keepSweep(deps, user, start.order, input.from, { ...found, coverage, seconds }),
  }
}
