import { bands, type Band } from '../core/bands.ts'
import type { Clock } from '../core/clock.ts'
import type { StartProgress } from '../core/progress.ts'
import { detect, type DetectionRules } from '../detection/detect.ts'
import { readMatrix } from '../detection/matrix.ts'
import type { Lake } from '../lake/lake.ts'
import { readSubjects } from './read-subjects.ts'
import type { Subject } from './subject.ts'
import type { Truth } from './truth.ts'
import { monthEnds, monthsOf, windowOf, type Window } from './window.ts'

export type EvaluateDeps = {
  readonly lake: Lake
  readonly clock: Clock
  readonly progress: StartProgress
  /** What the unit changed about the content, as its nightly run has it; the content alone when absent. */
  readonly rules?: DetectionRules
}

/** What every section measures: the staff, the days and the points that bands begin at. */
export type Setting = {
  readonly subjects: readonly Subject[]
  readonly window: Window
  /** Months of 30 days, not always whole. */
  readonly months: number
  readonly bandPoints: Readonly<Record<Band, number>>
  readonly reviewAt: number
  readonly watchAt: number
  /** New reviews per 1,000 staff a month. */
  readonly budget: number
}

/**
 * Detects, scores every pair at each month's end too, and reads how every member of staff came out beside the truth, which goes
 * to no fact, indicator or score.
 * @throws AppError TRUTH_INVALID, NOT_FOUND
 */
export const readSetting = async (
  { lake, clock, progress, rules }: EvaluateDeps,
  truth: Truth,
  options: { readonly full?: boolean } = {},
): Promise<Setting> => {
  const window = await windowOf(lake)
  await detect(
    { lake, clock, progress },
    {
      ...options,
      ...(rules === undefined ? {} : { rules }),
      extraDays: [window.from, ...monthEnds(window)],
    },
  )
  const matrix = readMatrix()
  const bandPoints = Object.fromEntries(
    bands.map(band => [band, matrix.bands.find(each => each.band === band)?.points ?? Infinity]),
  ) as Record<Band, number>
  return {
    subjects: await readSubjects(lake, truth, window),
    window,
    months: monthsOf(window),
    bandPoints,
    reviewAt: bandPoints.review,
    watchAt: bandPoints.watch,
    budget: matrix.budget.new_reviews_per_1000_staff_a_month,
  }
}
