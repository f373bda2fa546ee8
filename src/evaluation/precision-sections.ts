import { bands, type Band } from '../core/bands.ts'
import { countOf, shareOf, sumOf, type Measure, type Weights } from './bootstrap.ts'
import type { Setting } from './setting.ts'
import type { SectionPlan } from './section-plan.ts'
import { foundOn, isRight, mostOf, mostPoints, type Subject } from './subject.ts'

const one = (yes: boolean): number => (yes ? 1 : 0)

/** Offenders in 1,000 staff at which precision is worked out: the evidence's own figure, half of it and twice. */
const prevalences = [1, 2, 4] as const

type Reached = { readonly band: Band; readonly from: number; readonly below: number }

const rangesOf = ({ bandPoints }: Setting): Reached[] =>
  bands.map((band, at) => {
    const above = bands[at + 1]
    return { band, from: bandPoints[band], below: above === undefined ? Infinity : bandPoints[above] }
  })

/** Of what reaches a band, how much is right: as the force has it, and as a force with ordinary numbers of offenders would. */
export const precision = (setting: Setting): SectionPlan => {
  const { subjects } = setting
  return {
    key: 'precision',
    title: 'Right in each band',
    about:
      'By the highest band that a pair, or anything about a member of staff, ever had. Right means about an offender. The last columns say what the same detection would be worth where 1, 2 or 4 in 1,000 staff offend; half a false one is added, so that none seen is not read as none possible.',
    columns: [
      { key: 'pairs', label: 'Pairs right', unit: 'share' },
      { key: 'staff', label: 'Staff right', unit: 'share' },
      ...prevalences.map(each => ({
        key: `at_${String(each)}`,
        label: `Staff right at ${String(each)} in 1,000`,
        unit: 'share' as const,
      })),
    ],
    rows: [
      ...rangesOf(setting).map(({ band, from, below }) =>
        rowOf(subjects, band, `${band} (highest)`, from, below),
      ),
      rowOf(subjects, 'review_or_above', 'review or above', setting.reviewAt, Infinity),
      rowOf(subjects, 'develop_or_above', 'develop or above', setting.bandPoints.develop, Infinity),
    ],
  }
}

const rowOf = (
  subjects: readonly Subject[],
  key: string,
  label: string,
  from: number,
  below: number,
): SectionPlan['rows'][number] => {
  const within = (points: number): boolean => points >= from && points < below
  const rightly = (subject: Subject) => foundOn(subject, from) !== undefined
  return {
    key,
    label,
    cells: [
      shareOf(
        subjects,
        each => each.pairs.filter(pair => within(mostPoints(pair)) && isRight(each, pair, from)).length,
        each => each.pairs.filter(pair => within(mostPoints(pair))).length,
      ),
      shareOf(
        subjects,
        each => one(within(mostOf(each)) && rightly(each)),
        each => one(within(mostOf(each))),
      ),
      ...prevalences.map(each =>
        rightAt(
          subjects,
          subject => within(mostOf(subject)) && (subject.offending === undefined || rightly(subject)),
          each / 1_000,
        ),
      ),
    ],
  }
}

/** Share of offenders among those for whom something holds, in a force where so many staff offend. */
const rightAt = (
  subjects: readonly Subject[],
  holds: (subject: Subject) => boolean,
  prevalence: number,
): Measure => {
  const offends = (each: Subject) => each.offending !== undefined
  const [offenders, innocent] = [
    sumOf(subjects, each => one(offends(each))),
    sumOf(subjects, each => one(!offends(each))),
  ]
  const hits = sumOf(subjects, each => one(offends(each) && holds(each)))
  const misses = sumOf(subjects, each => one(!offends(each) && holds(each)))
  return {
    value: (weights: Weights) => {
      const [guilty, others] = [offenders(weights), innocent(weights)]
      if (guilty === 0 || others === 0 || hits(weights) + misses(weights) === 0) return undefined
      const right = prevalence * (hits(weights) / guilty)
      return right / (right + (1 - prevalence) * ((misses(weights) + 0.5) / (others + 1)))
    },
  }
}

/** Whether points mean what they say: offenders among those whose best pair had so many, beside what the points promise. */
export const calibration = (setting: Setting): SectionPlan => {
  const { subjects } = setting
  const prior = subjects.filter(each => each.offending !== undefined).length / Math.max(1, subjects.length)
  const promised = (points: number, share: number): number => {
    const odds = (share / (1 - share)) * 10 ** (points / 10)
    return odds / (1 + odds)
  }
  const meanOf = (members: (each: Subject) => boolean, share: number): Measure => {
    const count = sumOf(subjects, each => one(members(each)))
    const sum = sumOf(subjects, each => (members(each) ? promised(mostOf(each), share) : 0))
    return {
      value: weights => (count(weights) === 0 ? undefined : sum(weights) / count(weights)),
    }
  }
  return {
    key: 'calibration',
    title: 'What points promise',
    about: `Points are decibans over a prior. Shown are the offenders among staff by the highest points of anything about them, the share their points promise where 1 in 1,000 offends as the matrix assumes, and where ${(prior * 1_000).toFixed(0)} in 1,000 do as in this force.`,
    columns: [
      { key: 'observed', label: 'Offenders', unit: 'share' },
      { key: 'promised', label: 'Promised at 1 in 1,000', unit: 'share' },
      { key: 'promised_here', label: 'Promised in this force', unit: 'share' },
    ],
    rows: [{ band: 'below watch', from: 0, below: setting.watchAt }, ...rangesOf(setting)].map(
      ({ band, from, below }) => {
        const members = (each: Subject) => mostOf(each) >= from && mostOf(each) < below
        return {
          key: band.replaceAll(' ', '_'),
          label: band,
          cells: [
            shareOf(
              subjects,
              each => one(members(each) && each.offending !== undefined),
              each => one(members(each)),
            ),
            meanOf(members, 0.001),
            prior > 0 && prior < 1 ? meanOf(members, prior) : countOf(0),
          ],
        }
      },
    ),
  }
}

/** The area under the ROC curve and the Brier score: for those who ask, and of little use at these base rates. */
export const footnotes = (setting: Setting): SectionPlan => {
  const { subjects } = setting
  const ranked = subjects
    .map((subject, at) => ({ at, points: mostOf(subject), offends: subject.offending !== undefined }))
    .toSorted((a, b) => b.points - a.points)
  return {
    key: 'footnotes',
    title: 'Footnote',
    about:
      'The area under the ROC curve counts every innocent member of staff alike, and nearly all of them are nowhere near a review. Hold detection to the tables above.',
    columns: [{ key: 'value', label: 'Value', unit: 'ratio' }],
    rows: [
      {
        key: 'auc',
        label: 'Area under the ROC curve, by best pair of a member of staff',
        cells: [areaUnder(ranked)],
      },
    ],
  }
}

const areaUnder = (
  ranked: readonly { readonly at: number; readonly points: number; readonly offends: boolean }[],
): Measure => ({
  value: weights => {
    let [area, guilty, innocent] = [0, 0, 0]
    for (let from = 0; from < ranked.length;) {
      const points = ranked[from]?.points
      let [ties, wrong] = [0, 0]
      for (; from < ranked.length && ranked[from]?.points === points; from++) {
        const each = ranked[from]
        const weight = weights[each?.at ?? 0] ?? 0
        if (each?.offends === true) ties += weight
        else wrong += weight
      }
      area += wrong * (guilty + ties / 2)
      guilty += ties
      innocent += wrong
    }
    return guilty === 0 || innocent === 0 ? undefined : area / (guilty * innocent)
  },
})
