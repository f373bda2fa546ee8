import { bandRank, type BandNow } from '../core/bands.ts'
import type { PreviewPair, TuningPreview } from '../detection/preview-tuning.ts'
import type { PastDisposition } from './past-disposition-store.ts'

/** What a draft would have meant for something that a person decided. */
export type JudgedDisposition = PastDisposition & {
  readonly bandAfter: BandNow
  /**
   * `hidden` somebody acted on it and the draft would never have shown it; `back` somebody closed it and it would come back at a
   * higher band; `spared` somebody found it explained and the draft would not have shown it.
   */
  readonly effect: 'hidden' | 'back' | 'spared'
}

/** A preview as a person judges it. */
export type JudgedPreview = {
  /** Pairs that would reach review only with the draft, and only without it. */
  readonly raised: readonly PreviewPair[]
  readonly dropped: readonly PreviewPair[]
  /** Pairs that would be in another band, on the same side of review. */
  readonly moved: readonly PreviewPair[]
  /** Past dispositions that the draft would have reversed: `hidden` or `back`. */
  readonly reversed: readonly JudgedDisposition[]
  /** Past dispositions that agree with it. */
  readonly agreeing: readonly JudgedDisposition[]
  /** New reviews a week on average, before and with the draft, and what the budget allows. */
  readonly perWeek: { readonly before: number; readonly after: number; readonly allowed: number }
  /** True when the drafted indicator would have found nothing at all where it found something. */
  readonly blind: boolean
}

const weeksOfYear = 52
const monthsOfYear = 12
const review = bandRank('review')

/**
 * Sorts what a preview found by what it means.
 * @param newReviews the most new reviews per 1,000 staff a month that the budget allows
 */
export const judgePreview = (
  preview: TuningPreview,
  dispositions: readonly PastDisposition[],
  newReviews: number,
): JudgedPreview => {
  const reaches = (band: BandNow): boolean => bandRank(band) >= review
  const judged = preview.changed.flatMap(pair => {
    const past = dispositions.find(each => each.staffId === pair.staffId && each.personId === pair.personId)
    const effect = past === undefined ? undefined : effectOf(past, pair)
    return past === undefined || effect === undefined ? [] : [{ ...past, bandAfter: pair.bandAfter, effect }]
  })
  const sum = (side: 'before' | 'after'): number => preview.weeks.reduce((all, week) => all + week[side], 0)
  return {
    raised: preview.changed.filter(each => !reaches(each.bandBefore) && reaches(each.bandAfter)),
    dropped: preview.changed.filter(each => reaches(each.bandBefore) && !reaches(each.bandAfter)),
    moved: preview.changed.filter(each => reaches(each.bandBefore) === reaches(each.bandAfter)),
    reversed: judged.filter(each => each.effect !== 'spared'),
    agreeing: judged.filter(each => each.effect === 'spared'),
    perWeek: {
      before: sum('before') / weeksOfYear,
      after: sum('after') / weeksOfYear,
      allowed: (newReviews * monthsOfYear * preview.staffCount) / 1_000 / weeksOfYear,
    },
    blind: preview.findingsBefore > 0 && preview.findingsAfter === 0,
  }
}

const effectOf = (past: PastDisposition, pair: PreviewPair): JudgedDisposition['effect'] | undefined => {
  const shown = bandRank(pair.bandAfter) >= review
  if (past.kind === 'develop' || past.kind === 'keep_watching') return shown ? undefined : 'hidden'
  if (bandRank(pair.bandAfter) > bandRank(past.band)) return 'back'
  return past.kind === 'no_concern' && !shown ? 'spared' : undefined
}
