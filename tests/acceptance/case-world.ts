import { mergeWorlds, type World, type WorldPart } from '../../src/detection/record-world.ts'
import { AppError } from '../../src/core/errors.ts'
import type { CaseStand, Replay } from './case-file.ts'
import { threadRecords } from './case-thread.ts'
import { caseDay } from './case-time.ts'
import { firstDay, ordinaryWork, unitOf, type OrdinaryStaff } from './ordinary-work.ts'

/** The records of a case and of the ordinary work around it, up to its last day. */
export const worldOf = (replay: Replay): World => {
  const staff = castOf(replay)
  const lastDay = caseDay(replay.until)
  const parts: WorldPart[] = [
    ...staff.map(each => ordinaryWork(each, lastDay)),
    peopleOf(replay),
    ...replay.threads.map((thread, n) => {
      const member = memberOf(replay, staff, thread.staff)
      const ends = {
        device: member.number,
        other: numberOf(replay, thread.person),
        name: `T${n + 1}`,
      }
      return threadRecords(thread, member, ends, lastDay)
    }),
    ...replay.stands.map(stand => ({ visits: visitsOf(replay, staff, stand) })),
    { records: replay.records, attended: replay.attended },
  ]
  const world = parts.reduce<World>(mergeWorlds, { day0: replay.day0 })
  const kept = Object.entries(world.records ?? {}).filter(([feed]) => !replay.leave_out.includes(feed))
  return { ...world, records: Object.fromEntries(kept) }
}

/** The telephone number of a person of the case: from the range kept for drama, in the order of the file. */
const numberOf = (replay: Replay, person: string): string => {
  const at = Object.keys(replay.people).indexOf(person)
  if (at < 0)
    throw new AppError('CONTENT_INVALID', `${replay.name}: nobody called ${person} is among its people.`)
  return `+4477009002${String(at + 1).padStart(2, '0')}`
}

const castOf = (replay: Replay): OrdinaryStaff[] => {
  const named = Object.entries(replay.staff)
  const [, first] = named[0] ?? []
  if (first === undefined) throw new AppError('CONTENT_INVALID', `${replay.name} names no member of staff.`)
  const { role, post, pattern } = first
  const colleagues = Array.from({ length: replay.colleagues }, (_, n) => {
    const like = { role, post, pattern, take_home: false, phase: first.phase + 3 * (n + 1) }
    return [`C${n + 1}`, like] as const
  })
  return [...named, ...colleagues].map(([id, each], place) => ({
    ...each,
    id,
    place,
    number: `+4477009001${String(place + 1).padStart(2, '0')}`,
  }))
}

const memberOf = (replay: Replay, staff: readonly OrdinaryStaff[], id: string): OrdinaryStaff => {
  const found = staff.find(each => each.id === id)
  if (found === undefined)
    throw new AppError('CONTENT_INVALID', `${replay.name}: nobody called ${id} is among its staff.`)
  return found
}

const peopleOf = (replay: Replay): WorldPart => {
  const people = Object.entries(replay.people)
  return {
    records: {
      people: people.map(([person_id]) => ({ person_id, birth_year: 1985 })),
      person_numbers: people.map(([person_id]) => ({
        person_id,
        number: numberOf(replay, person_id),
        from_on: `D${firstDay}`,
      })),
      person_addresses: people.map(([person_id, { home }]) => ({
        person_id,
        lat: home[0],
        lon: home[1],
        kind: 'home',
        from_on: `D${firstDay}`,
      })),
      person_flags: people.flatMap(([person_id, { flags }]) =>
        flags.map(({ flag, from }) => ({ person_id, flag, from_on: from })),
      ),
    },
  }
}

const visitsOf = (
  replay: Replay,
  staff: readonly OrdinaryStaff[],
  stand: CaseStand,
): NonNullable<WorldPart['visits']> => {
  const place = replay.people[stand.person]?.home
  if (place === undefined)
    throw new AppError('CONTENT_INVALID', `${replay.name}: ${stand.person} has no home.`)
  return stand.at.map(at => ({
    unit_id: unitOf(memberOf(replay, staff, stand.staff)).id,
    staff: [],
    at,
    minutes: stand.minutes,
    place,
    offset_m: stand.metres,
  }))
}
