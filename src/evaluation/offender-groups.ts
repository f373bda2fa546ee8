import type { Offending, Subject } from './subject.ts'

export type OffenderGroup = {
  readonly key: string
  readonly label: string
  readonly holds: (offending: Offending) => boolean
}

/** How offenders are told apart. One offender may be in several groups; those without any are left out of a table. */
export const offenderGroups: readonly OffenderGroup[] = [
  { key: 'all', label: 'All offenders', holds: () => true },
  { key: 'visible', label: 'Left a trace (not dark)', holds: each => !each.dark },
  {
    key: 'work_phone',
    label: 'Used the work phone',
    holds: each => !each.dark && each.traces.has('work_phone'),
  },
  { key: 'visits', label: 'Visited the home', holds: each => !each.dark && each.traces.has('visits') },
  {
    key: 'look_ups',
    label: 'Looked the person up',
    holds: each => !each.dark && each.traces.has('look_ups'),
  },
  {
    key: 'personal_only',
    label: 'Personal channel only, with a visit or look-up',
    holds: each => !each.dark && each.channels.has('personal_only'),
  },
  {
    key: 'no_record',
    label: 'Meant to leave a trace, but these records hold none',
    holds: each => !each.dark && each.tracesTold && each.traces.size === 0,
  },
  { key: 'dark', label: 'Left no trace (dark)', holds: each => each.dark },
]

/** One group for every style the truth names. */
export const styleGroups = (subjects: readonly Subject[]): OffenderGroup[] =>
  [...new Set(subjects.flatMap(({ offending }) => [...(offending?.styles ?? [])]))].toSorted().map(style => ({
    key: `style_${style}`,
    label: `Style: ${style.replaceAll('_', ' ')}`,
    holds: each => each.styles.has(style),
  }))
