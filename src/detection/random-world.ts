import fc from 'fast-check'
import {
  device,
  episode,
  home,
  lastRandomDay,
  number,
  people,
  staff,
  type Records,
} from './random-episodes.ts'
import { messageEpisode, ownNumber } from './random-messages.ts'
import type { WorldPart } from './record-world.ts'

/** What every world has: who there is, with what, and where. */
const standing = {
  rosters: staff.map(n => ({
    staff_id: `S${n}`,
    from: 'D-7',
    to: `D${lastRandomDay}`,
    hours:
      ['08:00-16:00', '16:00-00:00', '22:00-06:00', '00:30-08:30', '14:00-22:30'][n - 1] ?? '08:00-16:00',
  })),
  records: {
    staff: staff.map(n => ({
      staff_id: `S${n}`,
      home_lat: 52,
      home_lon: -1.05,
      personal_number: ownNumber(n),
    })),
    postings: staff.map(n => ({
      staff_id: `S${n}`,
      team: n < 3 ? 'A' : 'B',
      post: n > 3 ? 'control_room' : 'response',
    })),
    devices: staff.slice(0, 4).map(n => ({ address: device(n), staff_id: `S${n}` })),
    people: people.map(n => ({ person_id: `P${n}` })),
    person_numbers: people.slice(0, 5).map(n => ({ person_id: `P${n}`, number: number(n) })),
    person_addresses: people.map(n => ({ person_id: `P${n}`, lat: home(n)[0], lon: home(n)[1] })),
    person_relations: [{ person_id: 'P1', related_person_id: 'P6' }],
    units: [{ unit_id: 'V1' }, { unit_id: 'V2', take_home: true }, { unit_id: 'R1', kind: 'radio' }],
  } satisfies Records,
}

/**
 * Plausible records of a small force over a month, for property tests: staff with rosters and devices, people with
 * numbers and homes, and episodes of contact, look-ups, visits, attendances, cases, absences and write-ups. Times are drawn
 * close to midnight and noon more often than chance would, because that is where days are told apart.
 */
export const randomWorldPart: fc.Arbitrary<WorldPart> = fc
  .array(fc.oneof({ weight: 7, arbitrary: episode }, { weight: 1, arbitrary: messageEpisode }), {
    minLength: 60,
    maxLength: 110,
  })
  .map(parts => ({
    rosters: [...standing.rosters, ...parts.flatMap(part => part.rosters ?? [])],
    visits: parts.flatMap(part => part.visits ?? []),
    attended: parts.flatMap((part, at) =>
      (part.attended ?? []).map(each => ({ ...each, incident_id: `I${at}` })),
    ),
    records: [standing, ...parts].reduce<Records>((all, part) => {
      for (const [feed, rows] of Object.entries(part.records ?? {}))
        all[feed] = [...(all[feed] ?? []), ...rows]
      return all
    }, {}),
  }))
