import { callAtHome, ringEachOther, writeThread } from '../conduct.ts'
import { lookUp } from '../look-ups.ts'
import type { Random } from '../random.ts'
import { momentOnDuty, wakingMoment } from '../roster.ts'
import { writeComplaint, writeIntelligence } from '../standards.ts'
import { dayOfMoment, daySeconds, hour } from '../time.ts'
import type { Dealing, Offence, Trace, World } from '../world.ts'
import { giveOwnNumber, sitAndChat } from './chatting.ts'
import { chooseOffenders, chooseVictims, type Offender } from './choose.ts'
import { silenceTrackers, visitWhileSick } from './concealment.ts'
import { steerCase } from './steering.ts'

/** Plants the offenders: what they do with whom, and the part of it that touches a record of the force. */
export const plantOffenders = (world: World): void => {
  const random = world.random('offenders')
  for (const offender of chooseOffenders(world, random)) {
    const victims = chooseVictims(world, random, offender)
    const first = victims[0]
    if (first === undefined) continue
    offender.member.offender = true
    const { median, sigma } = world.settings.offenders.discovery_days
    const discovered = first.from + Math.min(5_000, Math.max(1, random.logNormal(median, sigma))) * daySeconds
    for (const { dealing, from } of victims) {
      if (from >= discovered) continue
      const offence: Offence = {
        member: offender.member,
        person: dealing.person,
        style: offender.style,
        channel: offender.channel,
        firstImproperAt: from,
        cameToLightAt: discovered,
        dark: offender.dark,
        traces: [],
      }
      world.offences.push(offence)
      const ends = Math.min(
        discovered,
        world.end,
        from + random.logNormal(70, 1) * daySeconds + 5 * daySeconds,
      )
      if (!offender.dark) offence.traces.push(...leaveTraces(world, random, offender, dealing, from, ends))
    }
    comeToLight(world, random, offender, first.dealing, discovered)
  }
}

const leaveTraces = (
  world: World,
  random: Random,
  offender: Offender,
  dealing: Dealing,
  from: number,
  to: number,
): Trace[] => {
  const { offenders: figures } = world.settings
  const { member, channel } = offender
  const traces: Trace[] = []
  // Only what lies in the records counts: those of before the first day and after the last are not extracted.
  const left = (kind: Trace['kind'], moments: readonly number[]): void => {
    const first = moments.reduce(
      (least, at) => (at >= world.start && at <= world.end ? Math.min(least, at) : least),
      Infinity,
    )
    if (first < Infinity) traces.push({ kind, at: first })
  }
  if (channel === 'work_first') left('work_phone', useWorkPhone(world, random, offender, dealing, from, to))
  if (offender.looksUp) left('look_ups', lookUpVictim(world, random, offender, dealing, to))
  if (offender.visits) {
    const perWeek = channel === 'visits_led' ? random.between(1.5, 3) : random.between(0.3, 1.3)
    const weeks = (to - from) / (7 * daySeconds)
    const times = Math.max(1, Math.round(perWeek * weeks * figures.vehicle_seen_share))
    const parksAway = random.chance(figures.parked_away_share)
    const visits = callAtHome(world, random, {
      member,
      person: dealing.person,
      from,
      to,
      times: Math.min(times, 120),
      minutes: () => Math.max(9, random.logNormal(32, 0.6)),
      ...(parksAway ? { away: () => random.between(100, 300) } : {}),
    })
    left(
      'visits',
      visits.map(visit => visit.from),
    )
    if (random.chance(figures.tracker_off_share)) silenceTrackers(random, member, visits)
  }
  if (random.chance(figures.sick_and_visit_share))
    visitWhileSick(world, random, member, dealing.person, from, to)
  if (random.chance(figures.case_steered_share)) steerCase(world, random, member, dealing, from)
  return traces
}

const useWorkPhone = (
  world: World,
  random: Random,
  offender: Offender,
  { person }: Dealing,
  from: number,
  to: number,
): number[] => {
  const { offenders: figures } = world.settings
  const { member, style } = offender
  const perDay = random.logNormal(figures.messages_per_day.median, figures.messages_per_day.sigma)
  const [least, most, median] = figures.migrates_after_days
  const moves = random.chance(figures.migrates_share)
  const moved = from + Math.min(most, Math.max(least, random.logNormal(median, 0.7))) * daySeconds
  const until = moves ? Math.min(moved, to) : to
  const warmingUp = from + (style === 'predatory' ? 4 : 12) * daySeconds
  const talk = (at: number) =>
    random.chance(0.45) ? 'staff' : at < warmingUp || random.chance(0.4) ? 'early_improper' : 'later_improper'
  const thread = {
    member,
    person,
    outward: random.between(0.4, 0.7),
    own: talk,
    answers: 'victim_to_offender',
  } as const
  const moments = writeThread(world, random, { ...thread, from, to: until, perDay })
  // After moving to a personal channel a little still comes through.
  if (moves)
    moments.push(...writeThread(world, random, { ...thread, from: until, to, perDay: perDay * 0.03 }))
  if (until < to) giveOwnNumber(world, member, person, until)
  moments.push(...sitAndChat(world, { member, person, from, to: until }))
  const rung = ringEachOther(world, random, {
    member,
    person,
    from,
    to: until,
    perDay: Math.min(1.5, perDay * 0.08),
    outward: 0.85,
    seconds: () => (random.chance(0.4) ? random.whole(0, 5) : random.logNormal(240, 1)),
  })
  // The share is of all offenders; only those with a thread on a handset can delete it.
  if (random.chance(figures.deletes_share / figures.work_first_share))
    world.traffic.forget(member.mobile, person.number, random.between(0, 0.15))
  return [...moments, ...rung]
}

const lookUpVictim = (
  world: World,
  random: Random,
  { member }: Offender,
  dealing: Dealing,
  to: number,
): number[] => {
  const moments: number[] = []
  const { many_look_ups_share: many } = world.settings.offenders
  const times = random.chance(many) ? random.whole(21, 60) : random.whole(1, 4)
  for (let time = 0; time < times; time++) {
    const from = dealing.from + hour
    const at = random.chance(0.85)
      ? momentOnDuty(random, member, from, to)
      : wakingMoment(random, random.between(from, to))
    if (at === undefined) continue
    moments.push(at)
    lookUp(world, random, {
      member,
      person: dealing.person,
      at,
      // Some quote the number of the call they did go to.
      reference: random.chance(0.2) ? dealing.reference : '',
      reason: random.chance(0.4) ? random.pick(['update', 'address check', 'file']) : '',
    })
  }
  return moments
}

const comeToLight = (
  world: World,
  random: Random,
  { member, dark }: Offender,
  dealing: Dealing,
  discovered: number,
): void => {
  const { offenders: figures } = world.settings
  if (discovered < world.end)
    writeComplaint(
      world,
      random,
      member,
      dayOfMoment(discovered),
      random.pick(['sexual_conduct', 'improper_contact']),
      dealing.person.id,
    )
  // What is known beforehand is a trace too, so those who are dark have none.
  if (dark || !random.chance(figures.earlier_intelligence_share / (1 - figures.dark_share))) return
  const last = dayOfMoment(world.start)
  const since = Math.max(member.joinedOn, last - 5 * 365)
  for (let left = random.whole(1, 2); left > 0; left--)
    writeIntelligence(
      world,
      random,
      member,
      random.whole(since, last),
      random.pickShare({ improper_contact: 0.4, sexual_conduct: 0.4, harassment: 0.2 }),
    )
}
