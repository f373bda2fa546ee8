import { countOf, shareOf, sumOf, type Measure } from './bootstrap.ts'
import type { Setting } from './setting.ts'
import { offenderGroups, styleGroups, type OffenderGroup } from './offender-groups.ts'
import type { SectionPlan } from './section-plan.ts'
import { foundOn, isRight, mostPoints, reachedOn, type Subject } from './subject.ts'
import { rankPairs } from './threshold.ts'

const one = (yes: boolean): number => (yes ? 1 : 0)

/** New reviews and what they find: at the points of the review band, and at the points where the budget is just used up. */
export const workload = (setting: Setting): SectionPlan => {
  const { subjects, months, reviewAt, budget } = setting
  const ranking = rankPairs(subjects)
  const ones = new Float64Array(subjects.length).fill(1)
  const allowed = (weights: ArrayLike<number>): number => {
    let staff = 0
    for (let at = 0; at < weights.length; at++) staff += weights[at] ?? 0
    return (budget * staff * months) / 1_000
  }
  const rowAt = (
    key: string,
    label: string,
    pointsFor: (weights: ArrayLike<number>) => number,
  ): SectionPlan['rows'][number] => {
    const points = pointsFor(ones)
    const rate = (wrongOnly: boolean): Measure => {
      const reviews = (subject: Subject) =>
        subject.pairs.filter(
          pair => mostPoints(pair) >= points && !(wrongOnly && isRight(subject, pair, points)),
        ).length
      const total = sumOf(subjects, reviews)
      return {
        value: weights => (total(weights) * 1_000) / (subjects.length * months),
        count: total(ones),
      }
    }
    // Where the points depend on the force drawn, they are found anew for each draw.
    const recall = (group: (subject: Subject) => boolean): Measure => {
      const share = shareOf(
        subjects,
        each => one(group(each) && foundOn(each, points) !== undefined),
        each => one(group(each)),
      )
      if (key === 'review') return share
      return {
        ...share,
        value: weights => {
          const cut = pointsFor(weights)
          let [found, all] = [0, 0]
          for (const [at, subject] of subjects.entries()) {
            const weight = weights[at] ?? 0
            if (weight === 0 || !group(subject)) continue
            all += weight
            if (foundOn(subject, cut) !== undefined) found += weight
          }
          return all === 0 ? undefined : found / all
        },
      }
    }
    return {
      key,
      label,
      cells: [
        countOf(points === Infinity ? 0 : points),
        rate(false),
        rate(true),
        recall(each => each.offending !== undefined && !each.offending.dark),
        recall(each => each.offending !== undefined),
      ],
    }
  }
  return {
    key: 'workload',
    title: 'Work, and what it finds',
    about: `New reviews (pairs that reach so many points for the first time) per 1,000 staff and 30 days, and the offenders among them. The budget is ${String(budget)}. Made-up forces hold far more offenders than real ones, whose reviews are no false alerts: so it is also held to false reviews alone.`,
    columns: [
      { key: 'points', label: 'From points', unit: 'points' },
      { key: 'new_reviews', label: 'New reviews', unit: 'number' },
      { key: 'false_reviews', label: 'Of these false', unit: 'number' },
      { key: 'recall_visible', label: 'Offenders found, not dark', unit: 'share' },
      { key: 'recall_all', label: 'All offenders found', unit: 'share' },
    ],
    rows: [
      rowAt('review', 'The review band as it stands', () => reviewAt),
      rowAt('budget', 'The budget, all new reviews', weights =>
        ranking.cutAt(weights, allowed(weights), false),
      ),
      rowAt('false_budget', 'The budget, false reviews alone', weights =>
        ranking.cutAt(weights, allowed(weights), true),
      ),
    ],
  }
}

/** Which offenders are found, apart by what they left and by style. */
export const recall = (setting: Setting): SectionPlan => {
  const { subjects, reviewAt, watchAt } = setting
  const rowOf = ({ key, label, holds }: OffenderGroup): SectionPlan['rows'][number] => {
    const inGroup = (each: Subject): boolean => each.offending !== undefined && holds(each.offending)
    const share = (found: (each: Subject) => boolean) =>
      shareOf(
        subjects,
        each => one(inGroup(each) && found(each)),
        each => one(inGroup(each)),
      )
    return {
      key,
      label,
      cells: [
        share(each => foundOn(each, reviewAt) !== undefined),
        share(each => beforeLight(each, foundOn(each, reviewAt))),
        share(each => foundOn(each, watchAt) !== undefined),
      ],
    }
  }
  return {
    key: 'recall',
    title: 'Offenders found',
    about:
      'A member of staff who offends is found when something about them reaches review: naming a victim, or after they began. One may be in several groups. Nobody can find the dark ones; finding many would mean that something is wrong.',
    columns: [
      { key: 'review', label: 'Reached review', unit: 'share' },
      { key: 'before_light', label: 'Before it came to light', unit: 'share' },
      { key: 'watch', label: 'Reached watch', unit: 'share' },
    ],
    rows: [...offenderGroups, ...styleGroups(subjects)]
      .map(rowOf)
      .filter(({ key, cells }) => (cells[0]?.of ?? 0) > 0 || key === 'all' || key === 'dark'),
  }
}

const beforeLight = ({ offending }: Subject, on: string | undefined): boolean =>
  on !== undefined && (offending?.lightOn === undefined || on < offending.lightOn)

/** Whether the review is about somebody the offender did offend against. */
export const rightPerson = ({ subjects, reviewAt }: Setting): SectionPlan => {
  const told = (each: Subject) => each.offending !== undefined && each.offending.victims.size > 0
  const found = (each: Subject) => told(each) && foundOn(each, reviewAt) !== undefined
  const victims = (each: Subject) => each.offending?.victims.size ?? 0
  const named = (each: Subject) =>
    each.pairs.filter(pair => pair.isVictim && mostPoints(pair) >= reviewAt).length
  const first = (each: Subject) =>
    found(each) &&
    each.pairs.some(pair => pair.isVictim && reachedOn(pair, reviewAt) === foundOn(each, reviewAt))
  const staff = (label: string, key: string, holds: (each: Subject) => boolean) => ({
    key,
    label,
    cells: [
      shareOf(
        subjects,
        each => one(found(each) && holds(each)),
        each => one(found(each)),
      ),
    ],
  })
  return {
    key: 'right_person',
    title: 'The right person named',
    about:
      'Of the offenders found, those whose review names a member of the public against whom they offended.',
    columns: [{ key: 'share', label: 'Share', unit: 'share' }],
    rows: [
      staff('The first review names a victim', 'first', first),
      staff('Any review names a victim', 'any', each => named(each) > 0),
      {
        key: 'victims',
        label: 'Victims of offenders not dark who are named in a review',
        cells: [
          shareOf(
            subjects,
            each => (each.offending?.dark === false ? named(each) : 0),
            each => (each.offending?.dark === false ? victims(each) : 0),
          ),
        ],
      },
    ],
  }
}
