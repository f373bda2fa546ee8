import type { Setting } from './setting.ts'
import { offendingOf, type Subject } from './subject.ts'
import type { Trail } from './trail.ts'
import type { Offence } from './truth.ts'

type Rise = readonly [day: string, points: number]

type Made = {
  readonly id: string
  /** A line for each offence; nobody where left out. */
  readonly offences?: readonly Omit<Offence, 'staff_id'>[]
  /** What the records hold of them; as nobody offends, nothing. */
  readonly trail?: Trail
  readonly roles?: readonly string[]
  readonly groups?: Readonly<Record<string, string>>
  /** Person, then day and points of each rise. */
  readonly pairs?: readonly (readonly [person: string, ...rises: Rise[]])[]
  readonly monthly?: readonly number[]
}

/** A member of staff made by hand. */
const subjectOf = ({
  id,
  offences,
  trail,
  roles = [],
  groups = {},
  pairs = [],
  monthly = [],
}: Made): Subject => {
  const offending = offences && offendingOf(offences.map(each => ({ staff_id: id, ...each })))
  return {
    staffId: id,
    offending,
    trail,
    roles,
    groups,
    monthly,
    pairs: pairs.map(([personId, ...rises]) => ({
      personId,
      isVictim: offending?.victims.has(personId) === true,
      peaks: rises.map(([day, points]) => ({ day, points })),
    })),
  }
}

/** A force made by hand, evaluated over June 2025: one month of 30 days. */
export const settingOf = (made: readonly Made[]): Setting => ({
  subjects: made.map(subjectOf),
  window: { from: '2025-06-01', to: '2025-06-30' },
  months: 1,
  bandPoints: { watch: 13, review: 17, develop: 24, priority: 30 },
  reviewAt: 17,
  watchAt: 13,
  budget: 5,
})
