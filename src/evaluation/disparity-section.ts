import { shareOf, type Measure } from './bootstrap.ts'
import type { Setting } from './setting.ts'
import type { Figure } from './figure.ts'
import { groupings } from './read-groups.ts'
import type { SectionPlan } from './section-plan.ts'
import { everReached, type Subject } from './subject.ts'

/** Outside these a difference is to be looked into. Source: evidence 3.12, after the four-fifths rule. */
const fair = { low: 0.8, high: 1.25 } as const

const one = (yes: boolean): number => (yes ? 1 : 0)

/** Fewer than this are not compared: it would say nothing of the group and much of its members. */
const leastMembers = 10
/** Drawing anew says too little of the doubt where fewer than this were reviewed on either side. */
const leastCounted = 5

/** False reviews of each group of staff against everybody else. Groups are read for this report alone. */
export const disparity = (setting: Setting): SectionPlan => {
  const { subjects, reviewAt, watchAt } = setting
  return {
    key: 'disparity',
    title: 'Fair to every group',
    about: `Innocent members of staff about whom anything reached review (from ${String(reviewAt)} points) or watch (from ${String(watchAt)}), of 100 in the group, and as a ratio to everybody else. A ratio outside ${String(fair.low)} to ${String(fair.high)} is to be looked into; where its interval reaches into that range, chance alone could explain it. Half a review is added on both sides; where fewer than ${String(leastCounted)} were reviewed the interval is Walter's logarithmic one. Groups of fewer than ${String(leastMembers)} are put together, or left out.`,
    columns: [
      { key: 'review', label: 'Reviewed, of 100', unit: 'per_100' },
      { key: 'review_ratio', label: 'Ratio to the rest', unit: 'ratio' },
      { key: 'watch', label: 'Watched, of 100', unit: 'per_100' },
      { key: 'watch_ratio', label: 'Ratio to the rest', unit: 'ratio' },
    ],
    rows: Object.entries(groupings).flatMap(([grouping, title]) => {
      const groups = groupsOf(subjects, grouping)
      return groups.length < 2
        ? []
        : groups.map(([value, members]) =>
            rowOf(setting, `${grouping}:${value}`, `${title}: ${value}`, members, grouping),
          )
    }),
  }
}

/** The groups that are large enough, and the rest as one where they are. */
const groupsOf = (
  subjects: readonly Subject[],
  grouping: string,
): [name: string, values: ReadonlySet<string>][] => {
  const counts = new Map<string, number>()
  for (const { offending, groups } of subjects) {
    const value = groups[grouping]
    if (value !== undefined && offending === undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const small = [...counts].filter(([, count]) => count < leastMembers)
  const together = small.reduce((sum, [, count]) => sum + count, 0)
  return [
    ...[...counts.keys()]
      .filter(value => !small.some(([each]) => each === value))
      .toSorted()
      .map((value): [string, Set<string>] => [value.replaceAll('_', ' '), new Set([value])]),
    ...(together < leastMembers
      ? []
      : [['smaller groups together', new Set(small.map(([value]) => value))] as [string, Set<string>]]),
  ]
}

const rowOf = (
  { subjects, reviewAt, watchAt }: Setting,
  key: string,
  label: string,
  members: ReadonlySet<string>,
  grouping: string,
): SectionPlan['rows'][number] => {
  const told = (each: Subject) => each.offending === undefined && each.groups[grouping] !== undefined
  const own = (each: Subject) => told(each) && members.has(each.groups[grouping] ?? '')
  const rest = (each: Subject) => told(each) && !own(each)
  return {
    key,
    label,
    cells: [reviewAt, watchAt].flatMap(points => {
      const within = (group: (each: Subject) => boolean) =>
        shareOf(
          subjects,
          each => one(group(each) && everReached(each, points)),
          each => one(group(each)),
        )
      return [within(own), ratioOf(within(own), within(rest))]
    }),
    remark: ([, review, , watch]) =>
      [flagOf('review', review), flagOf('watch', watch)].filter(Boolean).join('; ') || undefined,
  }
}

/** One share over another, with half a count and one member added to each. */
const ratioOf = (own: Measure, rest: Measure): Measure => {
  const ratio = (part: number, all: number, others: number, everybody: number): number =>
    (part + 0.5) / (all + 1) / ((others + 0.5) / (everybody + 1))
  const [part, all, others, everybody] = [own.count ?? 0, own.of ?? 0, rest.count ?? 0, rest.of ?? 0]
  // S. D. Walter, Biometrika 62 (1975): holds with counts of none too.
  const spread = Math.sqrt(1 / (part + 0.5) - 1 / (all + 0.5) + 1 / (others + 0.5) - 1 / (everybody + 0.5))
  const value = ratio(part, all, others, everybody)
  const few = part < leastCounted || others < leastCounted
  return {
    value: weights => {
      const [share, otherShare] = [own.value(weights), rest.value(weights)]
      return share === undefined || otherShare === undefined
        ? undefined
        : ratio(share * all, all, otherShare * everybody, everybody)
    },
    ...(few
      ? { interval: { low: value * Math.exp(-1.96 * spread), high: value * Math.exp(1.96 * spread) } }
      : {}),
  }
}

const flagOf = (band: string, ratio: Figure | undefined): string => {
  if (ratio?.value == null || (ratio.value >= fair.low && ratio.value <= fair.high)) return ''
  const sure = ratio.low !== null && ratio.high !== null && (ratio.low > fair.high || ratio.high < fair.low)
  return sure ? `${band}: outside, beyond chance` : `${band}: outside, may be chance`
}
