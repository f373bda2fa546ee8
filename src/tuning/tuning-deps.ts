import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import type { Lake } from '../lake/lake.ts'

/** What use cases of tuning need: both stores and the time. */
export type TuningDeps = {
  readonly lake: Lake
  readonly store: Pick<CaseworkStore, 'db'>
  readonly clock: Clock
}
