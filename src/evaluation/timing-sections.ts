import { medianOf, shareOf } from './bootstrap.ts'
import type { Setting } from './setting.ts'
import type { SectionPlan } from './section-plan.ts'
import { foundOn, type Subject } from './subject.ts'

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/**
 * Days from an offender's first trace to the first right review; undefined for those not found, dark or undated. Before the
 * first day of the records nothing can be seen, so that waiting begins there.
 */
export const delayOf = (
  { reviewAt, window }: Pick<Setting, 'reviewAt' | 'window'>,
  subject: Subject,
): number | undefined => {
  const on = foundOn(subject, reviewAt)
  const trace = subject.offending?.traceOn
  if (subject.offending?.dark !== false || on === undefined || trace === undefined) return undefined
  return Math.max(0, daysBetween(trace < window.from ? window.from : trace, on))
}

/** From the first trace in the records to the first review, and from the review to the day it came to light. */
export const timing = (setting: Setting): SectionPlan => {
  const { subjects, reviewAt } = setting
  const visible = (each: Subject) => each.offending?.dark === false
  const delay = (each: Subject) => delayOf(setting, each)
  const lead = (each: Subject): number | undefined => {
    const on = foundOn(each, reviewAt)
    const light = each.offending?.lightOn
    return !visible(each) || on === undefined || light === undefined ? undefined : daysBetween(on, light)
  }
  const dated = (each: Subject) => visible(each) && each.offending?.traceOn !== undefined
  const within = (days: number) =>
    shareOf(
      subjects,
      each => (dated(each) && (delay(each) ?? Infinity) <= days ? 1 : 0),
      each => (dated(each) ? 1 : 0),
    )
  const blank = { value: () => undefined }
  return {
    key: 'timing',
    title: 'How soon',
    about:
      'Days from the first trace an offender left in these records to the first right review. Medians are over those found; shares are over all who are not dark, so that one who is never found counts against them. Lead is the time from that review to the day on which it came or would have come to light.',
    columns: [
      { key: 'days', label: 'Days', unit: 'days' },
      { key: 'share', label: 'Share', unit: 'share' },
    ],
    rows: [
      { key: 'median', label: 'First trace to review, median', cells: [medianOf(subjects, delay), blank] },
      ...[7, 14, 30].map(days => ({
        key: `within_${String(days)}`,
        label: `Reviewed within ${String(days)} days of the first trace`,
        cells: [blank, within(days)],
      })),
      { key: 'lead', label: 'Review to light, median lead', cells: [medianOf(subjects, lead), blank] },
      {
        key: 'lead_30',
        label: 'Of those found, more than 30 days before it came to light',
        cells: [
          blank,
          shareOf(
            subjects,
            each => ((lead(each) ?? -Infinity) > 30 ? 1 : 0),
            each => (lead(each) === undefined ? 0 : 1),
          ),
        ],
      },
    ],
  }
}

const top = 30

/** How much the head of the list changes from month to month. */
export const stability = ({ subjects, months }: Setting): SectionPlan => {
  const ends = Math.floor(months)
  const heads = Array.from({ length: ends }, (_, month) => {
    const ranked = subjects
      .map((subject, at) => ({ at, points: subject.monthly[month] ?? 0 }))
      .filter(each => each.points > 0)
      .toSorted((a, b) => b.points - a.points || a.at - b.at)
    return new Set(ranked.slice(0, top).map(each => subjects[each.at]))
  })
  const steps = heads.slice(1).map((head, at) => [heads[at] ?? new Set<Subject>(), head] as const)
  const shared = (wanted: (before: boolean, now: boolean) => boolean) => (each: Subject) =>
    steps.filter(([before, now]) => wanted(before.has(each), now.has(each))).length
  return {
    key: 'stability',
    title: 'Steadiness of the list',
    about: `The ${String(top)} members of staff with the most points at the end of a month and of the next: those on both lists, of those on either (Jaccard).`,
    columns: [{ key: 'jaccard', label: 'On both', unit: 'ratio' }],
    rows: [
      {
        key: 'top_30',
        label: `Top ${String(top)}, ${String(ends)} month ends`,
        cells: [
          {
            value: shareOf(
              subjects,
              shared((before, now) => before && now),
              shared((before, now) => before || now),
            ).value,
          },
        ],
      },
    ],
  }
}
