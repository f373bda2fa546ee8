import type { Random } from './random.ts'
import { dayOfMoment, daySeconds, hour, ukMoment, weekday } from './time.ts'
import type { Member, Shift, World } from './world.ts'

type Turn = { readonly pattern: Shift['pattern']; readonly from: number; readonly hours: number }
const early: Turn = { pattern: 'early', from: 7, hours: 9 }
const late: Turn = { pattern: 'late', from: 15, hours: 10 }
const night: Turn = { pattern: 'night', from: 22, hours: 9.5 }
const days: Turn = { pattern: 'day', from: 8, hours: 8.5 }
const lateDays: Turn = { pattern: 'late', from: 13, hours: 8.5 }

/** Two earlies, two lates, two nights, four off: teams A to E are two days apart, so every hour is covered. */
const aroundTheClock = new Set(['response', 'control_room', 'custody', 'firearms', 'roads'])
/** Posts that work office days and share weekends thinly. */
const investigative = new Set([
  'investigation',
  'public_protection',
  'soit',
  'safeguarding',
  'offender_management',
  'family_liaison',
])

/** Rosters everybody for the whole span: turns, overtime, on call, and the absences that empty them. */
export const rosterStaff = (world: World): void => {
  const random = world.random('roster')
  const first = dayOfMoment(world.opening)
  const last = dayOfMoment(world.end - 1)
  for (const member of world.staff) {
    takeAbsences(world, random, member, first, last)
    const offset = aroundTheClock.has(member.post)
      ? 'ABCDE'.indexOf(member.team.at(-1) ?? 'A') * 2
      : random.whole(0, 9)
    for (let day = Math.max(first, member.joinedOn); day <= Math.min(last, member.leftOn ?? last); day++) {
      const turn = turnOn(random, member, day, offset)
      if (turn && !(member.partTime && random.chance(0.4))) rosterTurn(world, random, member, day, turn)
    }
    if (investigative.has(member.post) && member.role === 'officer')
      rosterOnCall(world, random, member, first, last)
  }
}

/** Whether a member of staff was absent at a moment. */
const absentAt = (member: Member, moment: number): boolean =>
  member.absences.some(absence => absence.from <= moment && moment < absence.to)

const turnOn = (random: Random, member: Member, day: number, offset: number): Turn | undefined => {
  if (member.role === 'special') return random.chance(0.08) ? (weekday(day) > 4 ? late : early) : undefined
  if (aroundTheClock.has(member.post)) return [early, early, late, late, night, night][(day + offset) % 10]
  if (member.post === 'neighbourhood')
    return [early, early, early, lateDays, lateDays, lateDays][(day + offset) % 10]
  if (weekday(day) > 4) return investigative.has(member.post) && random.chance(0.22) ? days : undefined
  if (investigative.has(member.post)) return (Math.floor(day / 7) + offset) % 3 === 0 ? lateDays : days
  return days
}

const rosterTurn = (world: World, random: Random, member: Member, day: number, turn: Turn): void => {
  const { roster } = world.settings
  const start = ukMoment(day, turn.from)
  const planned = start + turn.hours * hour
  if (absentAt(member, start)) return
  const spills = random.chance(roster.overtime_share)
  const spill = spills ? Math.round(random.between(...roster.overtime_hours) * hour) : 0
  // Half the forces book off late on the same duty; the other half book a second one.
  const apart = spills && random.chance(0.5)
  const end = planned + spill + (spills ? 0 : random.whole(-10, 12) * 60)
  world.package.add('duties', {
    duty_id: world.package.key('D'),
    staff_id: member.id,
    start_at: start,
    end_at: apart ? planned : end,
    kind: 'rostered',
  })
  if (apart) writeOvertime(world, member, planned, end)
  member.shifts.push({ member, start, end, pattern: turn.pattern, outing: undefined })
}

/** Books overtime for somebody, as its own duty. */
export const writeOvertime = (world: World, member: Member, start: number, end: number): void => {
  world.package.add('duties', {
    duty_id: world.package.key('D'),
    staff_id: member.id,
    start_at: start,
    end_at: end,
    kind: 'overtime',
  })
}

const rosterOnCall = (world: World, random: Random, member: Member, first: number, last: number): void => {
  for (let day = first + random.whole(0, 30); day < last; day += 30 + random.whole(-3, 3)) {
    for (let evening = day; evening < Math.min(day + 5, last); evening++) {
      const start = ukMoment(evening, 17)
      if (absentAt(member, start)) continue
      world.package.add('duties', {
        duty_id: world.package.key('D'),
        staff_id: member.id,
        start_at: start,
        end_at: start + 14 * hour,
        kind: 'on_call',
      })
      if (!random.chance(0.06)) continue
      const called = start + random.whole(3, 11) * hour
      world.package.add('duties', {
        duty_id: world.package.key('D'),
        staff_id: member.id,
        start_at: called,
        end_at: called + random.whole(2, 5) * hour,
        kind: 'recalled',
      })
    }
  }
}

const takeAbsences = (world: World, random: Random, member: Member, first: number, last: number): void => {
  const { roster } = world.settings
  const years = (last - first + 1) / 365
  const take = (kind: string, startDay: number, days: number) => {
    const from = ukMoment(startDay, 0)
    const to = ukMoment(startDay + days, 0) - 1
    if (member.absences.some(other => from <= other.to && other.from <= to)) return
    member.absences.push({ from, to, kind })
    world.package.add('absences', { staff_id: member.id, start_at: from, end_at: to, kind })
  }
  for (let left = Math.round(roster.leave_days_a_year * years); left > 0;) {
    const days = Math.min(left, random.pick([1, 2, 4, 7, 10, 14]))
    take('annual_leave', random.whole(first, last), days)
    left -= days
  }
  for (let spell = random.poisson(roster.sick_spells_a_year * years); spell > 0; spell--)
    take(
      'sick',
      random.whole(first, last),
      Math.max(1, Math.min(60, Math.round(random.logNormal(roster.sick_days, 0.9)))),
    )
  for (let course = random.poisson(6 * years); course > 0; course--)
    take('training', random.whole(first, last), random.whole(1, 2))
  if (random.chance(0.05 * years)) take('other', random.whole(first, last), random.whole(1, 10))
  if (random.chance(0.3)) take('rest_day', random.whole(first, last), 1)
}

/** The turn of duty somebody is on at a moment, by halving. */
export const shiftAt = (member: Member, moment: number): Shift | undefined => {
  let [low, high] = [0, member.shifts.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const shift = member.shifts[middle]
    if (shift === undefined) return undefined
    if (moment < shift.start) high = middle - 1
    else if (moment >= shift.end) low = middle + 1
    else return shift
  }
  return undefined
}

/** A moment on duty within a span, or nothing where there is none: a turn chosen evenly, a moment within it. */
export const momentOnDuty = (
  random: Random,
  member: Member,
  from: number,
  to: number,
): number | undefined => {
  const turns = member.shifts.filter(shift => shift.end > from + 600 && shift.start < to - 600)
  if (turns.length === 0) return undefined
  const turn = random.pick(turns)
  return Math.floor(random.between(Math.max(from, turn.start + 300), Math.min(to, turn.end - 300)))
}

/** A waking moment (08:00 to 23:30) on a day, on duty or not. */
export const wakingMoment = (random: Random, moment: number): number =>
  ukMoment(Math.floor(moment / daySeconds), random.between(8, 23.5))
