import { listUsers } from '../access/accounts-store.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { bankHolidays } from '../concerns/working-days.ts'
import { drawLastMonth } from './dip-sample.ts'
import { selectMonths, selectSampled, type Sampled, type SampledMonth } from './dip-sample-store.ts'
import { readWatchingRules, type WatchingRules } from './watching-rules.ts'
import {
  selectBeyondQuota,
  selectFirstEver,
  selectInARow,
  selectOutOfHours,
  selectOwnSearches,
  type FirstEver,
  type OpenedInARow,
  type OutOfHours,
  type TimesOfOne,
} from './watching-store.ts'

/** How the unit reads, as the log has it. */
export type Watching = {
  readonly rules: WatchingRules
  readonly since: Date
  /** Names of the people, by their id in the log. */
  readonly names: ReadonlyMap<string, string>
  readonly ownSearches: readonly TimesOfOne[]
  /** Asked for, or agreed to, more unmasking than the quota lets through. */
  readonly beyondQuota: readonly TimesOfOne[]
  readonly inARow: readonly OpenedInARow[]
  readonly outOfHours: readonly OutOfHours[]
  readonly firstEver: readonly FirstEver[]
  /** Newest first. */
  readonly months: readonly SampledMonth[]
  /** The entries of the chosen month; none where no month was drawn from. */
  readonly sampled: readonly Sampled[]
  readonly month: string
}

/** Months of samples that are offered. */
const monthsOffered = 13

/** Reads how the unit reads; draws the sample of last month where that was not done yet. */
export const readWatching = async (
  { store, clock }: { readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock },
  /** `YYYY-MM` of the sample to show; the newest when it was not drawn. */
  asked: string,
): Promise<Watching> => {
  const rules = readWatchingRules()
  await drawLastMonth({ store, clock })
  const { db } = store
  const now = clock.now()
  const since = new Date(now.getTime() - rules.days.value * 86_400_000)
  const months = await selectMonths(db, monthsOffered)
  const month = (months.find(each => each.month === asked) ?? months[0])?.month ?? ''
  return {
    rules,
    since,
    names: new Map((await listUsers(db)).map(user => [user.id, user.name])),
    ownSearches: await selectOwnSearches(db, since),
    beyondQuota: await selectBeyondQuota(db, since),
    inARow: await selectInARow(db, {
      since,
      gapSeconds: rules.in_a_row.gap_seconds,
      concerns: rules.in_a_row.concerns,
    }),
    outOfHours: await selectOutOfHours(db, {
      since,
      what: rules.reading,
      from: rules.hours.from,
      to: rules.hours.to,
      holidays: [since, now].flatMap(day => bankHolidays(day.getUTCFullYear())),
    }),
    firstEver: await selectFirstEver(db, {
      since,
      what: rules.reading,
      afterDays: rules.first_ever.after_days,
    }),
    months,
    month,
    sampled: month === '' ? [] : await selectSampled(db, month),
  }
}
