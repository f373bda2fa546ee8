import { offBy } from './area.ts'
import { goTo } from './outings.ts'
import type { Random } from './random.ts'
import { wakingMoment } from './roster.ts'
import type { TextKind } from './texts.ts'
import { daySeconds, minute } from './time.ts'
import { kerbOf } from './visits.ts'
import type { Member, Person, Visit, World } from './world.ts'

export type Thread = {
  readonly member: Member
  readonly person: Person
  readonly from: number
  readonly to: number
  /** Messages a day, both ways. */
  readonly perDay: number
  /** Share sent by the member of staff. */
  readonly outward: number
  readonly own: (at: number) => TextKind
  readonly answers: TextKind
  /** Whether a moment is one they write at; any waking moment where left out. */
  readonly when?: (at: number) => boolean
}

/** Messages between two people over a span, in bursts as people write. Moments are waking ones, on duty or off. Says when. */
export const writeThread = (world: World, random: Random, thread: Thread): number[] => {
  const { member, person, from, to, perDay, outward, own, answers, when } = thread
  const moments: number[] = []
  if (member.mobile === '' || person.number === '') return moments
  for (let day = from; day < to; day += daySeconds) {
    for (let left = random.poisson(perDay * random.logNormal(0.85, 0.55)); left > 0;) {
      let at = wakingMoment(random, day)
      if (at < from || at > to || (when && !when(at))) {
        left--
        continue
      }
      for (let burst = Math.min(left, random.whole(1, 6)); burst > 0; burst--, left--) {
        const out = random.chance(outward)
        const text = member.captured ? world.texts(random, out ? own(at) : answers) : undefined
        world.traffic.carry({
          device: member.mobile,
          other: person.number,
          direction: out ? 'out' : 'in',
          kind: random.chance(0.03) ? 'mms' : 'sms',
          at,
          text,
        })
        moments.push(at)
        at += Math.round(random.logNormal(150, 1))
      }
    }
  }
  return moments
}

/** Calls between two people over a span. `seconds` draws the length of one. Says when. */
export const ringEachOther = (
  world: World,
  random: Random,
  calls: {
    member: Member
    person: Person
    from: number
    to: number
    perDay: number
    outward: number
    seconds: () => number
    when?: (at: number) => boolean
  },
): number[] => {
  const { member, person, from, to, perDay, outward, seconds, when } = calls
  const moments: number[] = []
  if (member.mobile === '' || person.number === '') return moments
  for (let left = random.poisson((perDay * (to - from)) / daySeconds); left > 0; left--) {
    const at = wakingMoment(random, random.between(from, to))
    if (at < from || at > to || (when && !when(at))) continue
    moments.push(at)
    world.traffic.carry({
      device: member.mobile,
      other: person.number,
      direction: random.chance(outward) ? 'out' : 'in',
      kind: 'voice',
      at,
      seconds: seconds(),
    })
  }
  return moments
}

/** Visits to a person's home fitted into somebody's own turns, alone where they can be. Says which fitted. */
export const callAtHome = (
  world: World,
  random: Random,
  calls: {
    member: Member
    person: Person
    from: number
    to: number
    times: number
    minutes: () => number
    away?: () => number
    alone?: boolean
  },
): Visit[] => {
  const { member, person, from, to, times, minutes, away, alone } = calls
  const outings = member.shifts.flatMap(({ outing }) =>
    outing && outing.start > from && outing.end < to ? [outing] : [],
  )
  const single = outings.filter(({ crew }) => crew.length === 1)
  const visits: Visit[] = []
  for (const outing of random.sample(alone === true || single.length >= times ? single : outings, times)) {
    const at = away ? offBy(random, person.home, away()) : kerbOf(random, person.home)
    for (let attempt = 0; attempt < 10; attempt++) {
      const length = Math.round(minutes() * minute)
      const start = random.whole(
        outing.start + 10 * minute,
        Math.max(outing.start + 10 * minute, outing.end - length - 15 * minute),
      )
      const visit: Visit = { at, from: start, to: start + length, engineOff: true }
      if (!goTo(outing, visit)) continue
      visits.push(visit)
      break
    }
  }
  return visits
}
