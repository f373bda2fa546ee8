import { addDays } from '../core/clock.ts'
import { coarse } from '../core/coarse-count.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { findLastRun } from '../concerns/budget-store.ts'
import type { Indicator } from '../detection/indicators.ts'
import { promiseOf, type IndicatorPromise } from '../detection/indicators.ts'
import type { Matrix } from '../detection/matrix.ts'
import { countDecidedReviews, type DecidedReviews } from './track-record-store.ts'

/** Days over which false alerts are held against the promise, and months of thirty days in them. */
export const promiseDays = 90
const promiseMonths = 3

/** A promise counts as broken where so many false alerts would come by chance less often than this, were it kept. */
const chance = 0.05

/** Fewest decided reviews of which a share is said. */
export const fewestReviews = 10

/** How an indicator did when people looked at what it raised. */
export type TrackRecord = {
  readonly indicator: string
  readonly developed: number
  readonly explained: number
  readonly cannotTell: number
  readonly watching: number
  /** Of developed and explained reviews, the share that was developed; undefined where there are fewer than ten. */
  readonly precision: number | undefined
  /** The same by version and edition. */
  readonly versions: readonly DecidedReviews[]
  readonly promise: IndicatorPromise
  /** False alerts of the last `promiseDays` days of the records, and how many the promise allows a force of this size in them. */
  readonly falseAlerts: number
  readonly allowed: number
  /** More false alerts than bad luck would give, were the promise kept. */
  readonly broken: boolean
}

/** The track record of every indicator: its precision from dispositions, and its false alerts against what was promised of it. */
export const readTrackRecords = async (
  db: CaseworkDb,
  indicators: readonly Indicator[],
  matrix: Matrix,
): Promise<ReadonlyMap<string, TrackRecord>> => {
  const run = await findLastRun(db)
  const toDay = run?.on_day ?? '1970-01-01'
  const decided = await countDecidedReviews(db, addDays(toDay, 1 - promiseDays), toDay)
  const staffCount = run?.staff_count ?? 0
  return new Map(
    indicators.map(indicator => [
      indicator.id,
      recordOf(
        indicator.id,
        decided.filter(each => each.indicator === indicator.id),
        promiseOf(indicator, matrix),
        staffCount,
      ),
    ]),
  )
}

const recordOf = (
  indicator: string,
  versions: readonly DecidedReviews[],
  promise: IndicatorPromise,
  staffCount: number,
): TrackRecord => {
  const sum = (field: 'developed' | 'explained' | 'cannotTell' | 'watching' | 'explainedLately'): number =>
    versions.reduce((all, each) => all + each[field], 0)
  const [developed, explained, falseAlerts] = [sum('developed'), sum('explained'), sum('explainedLately')]
  const allowed = (promise.false_alerts_per_1000_staff_a_month * staffCount * promiseMonths) / 1_000
  return {
    indicator,
    developed,
    explained,
    cannotTell: sum('cannotTell'),
    watching: sum('watching'),
    precision: developed + explained < fewestReviews ? undefined : developed / (developed + explained),
    versions,
    promise,
    falseAlerts,
    allowed,
    broken: falseAlerts > allowed && atLeast(falseAlerts, allowed) < chance,
  }
}

/** Whether somebody is told that the promise is broken: whoever reads no concerns, from five false alerts on. */
export const isBrokenFor = ({ broken, falseAlerts }: TrackRecord, exact: boolean): boolean =>
  broken && (exact || coarse(falseAlerts) > 0)

/** How likely it is that `count` or more happen where `expected` do on average (Poisson); 0 to 1. */
export const atLeast = (count: number, expected: number): number => {
  let term = Math.exp(-expected)
  let below = 0
  for (let each = 0; each < count; each++) {
    below += term
    term = (term * expected) / (each + 1)
  }
  return Math.max(0, 1 - below)
}
