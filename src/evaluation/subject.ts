import type { Trail } from './trail.ts'
import type { Offence } from './truth.ts'

/** A pair's score each time it rose above all it had been, within the days evaluated. `person_id` empty: the member of staff alone. */
export type ScoredPair = {
  readonly personId: string
  readonly isVictim: boolean
  readonly peaks: readonly { readonly day: string; readonly points: number }[]
}

/** What the truth says of an offender, all victims together. Days are `YYYY-MM-DD`; undefined where the truth does not say. */
export type Offending = {
  readonly victims: ReadonlySet<string>
  readonly dark: boolean
  readonly from: string | undefined
  readonly traceOn: string | undefined
  readonly lightOn: string | undefined
  readonly channels: ReadonlySet<string>
  readonly styles: ReadonlySet<string>
  /** `work_phone`, `visits`, `look_ups`. */
  readonly traces: ReadonlySet<string>
  /** Whether the truth lists what the records hold, so that "nothing" means nothing. */
  readonly tracesTold: boolean
}

/** A member of staff as evaluation sees them. The groups serve the report on disparity alone. */
export type Subject = {
  readonly staffId: string
  readonly offending: Offending | undefined
  /** Of those who offend. */
  readonly trail: Trail | undefined
  /** Legitimate roles of the truth. */
  readonly roles: readonly string[]
  /** Value by group: post, shift pattern, sex, ethnicity, part time; absent where not known. */
  readonly groups: Readonly<Record<string, string>>
  readonly pairs: readonly ScoredPair[]
  /** Best points of any pair at the end of each month, in order. */
  readonly monthly: readonly number[]
}

/** The first day on which a pair had so many points. */
export const reachedOn = (pair: ScoredPair, points: number): string | undefined =>
  pair.peaks.find(each => each.points >= points)?.day

/** The most points a pair had. */
export const mostPoints = (pair: ScoredPair): number => pair.peaks.at(-1)?.points ?? 0

/**
 * Whether a pair at so many points is about an offender. Naming a victim is right on any day; anything else only once the
 * offender had begun.
 */
export const isRight = ({ offending }: Subject, pair: ScoredPair, points: number): boolean => {
  const on = reachedOn(pair, points)
  if (offending === undefined || on === undefined) return false
  return pair.isVictim || offending.from === undefined || on >= offending.from
}

/** The first day of a review that was right about this member of staff. */
export const foundOn = (subject: Subject, points: number): string | undefined =>
  subject.pairs
    .filter(pair => isRight(subject, pair, points))
    .map(pair => reachedOn(pair, points) ?? '')
    .toSorted()[0]

/** Whether anything about a member of staff ever had so many points. */
export const everReached = (subject: Subject, points: number): boolean =>
  subject.pairs.some(pair => mostPoints(pair) >= points)

/** The most points anything about a member of staff had. */
export const mostOf = (subject: Subject): number => Math.max(0, ...subject.pairs.map(mostPoints))

const tracesOfChannel: Readonly<Record<string, string>> = {
  work_first: 'work_phone',
  work_phone: 'work_phone',
  work: 'work_phone',
  visits_led: 'visits',
  visits: 'visits',
  look_ups: 'look_ups',
}

/** An offender's offences as one: the earliest of each day, dark only where every offence is. */
export const offendingOf = (offences: readonly Offence[]): Offending => {
  const days = (read: (each: Offence) => string | undefined) =>
    offences.flatMap(each => read(each) ?? []).toSorted()[0]
  const channels = new Set(offences.flatMap(each => each.channel ?? []))
  const tracesTold = offences.every(each => each.traces !== undefined)
  const told = offences.flatMap(each => each.traces ?? [])
  return {
    victims: new Set(offences.flatMap(each => each.person_id ?? [])),
    dark: offences.every(each => each.dark === true),
    from: days(each => each.first_improper_on ?? each.first_trace_on),
    traceOn: days(each => each.first_trace_on) ?? days(each => each.first_improper_on),
    lightOn: days(each => each.came_to_light_on),
    channels,
    styles: new Set(offences.flatMap(each => each.style ?? [])),
    traces: new Set(tracesTold ? told : [...channels].flatMap(each => tracesOfChannel[each] ?? [])),
    tracesTold,
  }
}
