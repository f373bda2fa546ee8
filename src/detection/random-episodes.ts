import fc from 'fast-check'
import type { WorldPart } from './record-world.ts'

/** Days of a random world: D0 to this one. */
export const lastRandomDay = 34

export type Records = NonNullable<WorldPart['records']>
export const staff = [1, 2, 3, 4, 5]
export const people = [1, 2, 3, 4, 5, 6]

export const device = (n: number): string => `+44770090000${n}`
export const number = (n: number): string => `+44770090010${n}`
/** Homes lie 400 m apart, but for the last, which is next door to the first. */
export const home = (n: number): [number, number] => (n === 6 ? [52.0003, -1] : [52, -1 + (n - 1) * 0.006])

/** A member of staff, by number. */
export const who = fc.integer({ min: 1, max: 5 })
/** A person, by number: few pairs, so that evidence comes together. */
export const whom = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
)
const dayNumber = fc.integer({ min: 0, max: lastRandomDay - 4 })
const minute = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 1439 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1400, max: 1439 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 690, max: 750 }) },
)
/** A day and a minute of it. */
export const when = fc.tuple(dayNumber, minute)
type When = readonly [number, number]

/** That moment, some minutes later, as hand-made records have it. */
export const text = ([day, at]: When, later = 0): string => {
  const total = day * 1440 + at + later
  const clock = ((total % 1440) + 1440) % 1440
  const two = (n: number): string => String(n).padStart(2, '0')
  return `D${Math.floor(total / 1440)} ${two(Math.floor(clock / 60))}:${two(clock % 60)}`
}

const minutesLater = fc.integer({ min: 5, max: 12_000 })
const later = fc.option(minutesLater, { nil: undefined })

const talk = fc
  .tuple(
    who,
    whom,
    when,
    fc.integer({ min: 1, max: 24 }),
    fc.integer({ min: 3, max: 1500 }),
    fc.boolean(),
    fc.constantFrom('sms', 'voice'),
    fc.integer({ min: 0, max: 200 }),
  )
  .map(([s, p, at, repeat, every, out, kind, seconds]): WorldPart => ({
    records: {
      billing: [
        {
          device_address: device(s),
          other_address: number(p),
          direction: out ? 'out' : 'in',
          kind,
          at: text(at),
          repeat,
          every: `${every}m`,
          ...(kind === 'voice' ? { duration_s: seconds < 60 ? 4 : seconds } : {}),
        },
      ],
    },
  }))

const write = fc
  .tuple(
    who,
    whom,
    when,
    fc.constantFrom(
      'Our little secret',
      'You have lovely eyes by the way',
      'See you tomorrow xx',
      'Your statement is ready',
    ),
  )
  .map(([s, p, at, words]): WorldPart => ({
    records: {
      messages: [{ device_address: device(s), other_address: number(p), at: text(at), text: words }],
    },
  }))

const lookUp = fc
  .tuple(
    who,
    whom,
    when,
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 20, max: 3_000 }),
    fc.constantFrom('person', 'number', 'address', 'investigation'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([s, p, at, repeat, every, kind, remote, quotes]): WorldPart => ({
    records: {
      system_access: [
        {
          staff_id: `S${s}`,
          subject_kind: kind,
          remote,
          at: text(at),
          repeat,
          every: `${every}m`,
          subject_id: {
            person: `P${p}`,
            number: number(p),
            address: home(p)
              .map(x => x.toFixed(5))
              .join(' '),
            investigation: `N${p}`,
          }[kind],
          ...(quotes ? { reference: `N${p}` } : {}),
        },
      ],
    },
  }))

const visit = fc
  .tuple(
    fc.constantFrom('V1', 'V2', 'R1'),
    fc.subarray([1, 2, 3, 4], { maxLength: 2 }),
    whom,
    when,
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom(0, 20, 100, 200),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([unit, crew, p, at, minutes, offset, repeat]): WorldPart => ({
    visits: [
      {
        unit_id: unit,
        staff: crew.map(n => `S${n}`),
        at: text(at),
        minutes,
        place: home(p),
        offset_m: offset,
        fix_seconds: 30,
        repeat,
        every: '1d',
      },
    ],
  }))

const attend = fc
  .tuple(
    fc.subarray([1, 2, 3, 4], { minLength: 1, maxLength: 3 }),
    whom,
    when,
    fc.integer({ min: 5, max: 90 }),
    later,
  )
  .map(([crew, p, at, minutes, closed]): WorldPart => ({
    attended: [
      {
        incident_id: '',
        staff: crew.map(n => `S${n}`),
        person_id: `P${p}`,
        at: text(at),
        minutes,
        place: home(p),
        ...(closed === undefined ? {} : { closed_at: text(at, minutes + closed) }),
      },
    ],
  }))

const caseOf = fc
  .tuple(
    who,
    whom,
    when,
    later,
    later,
    fc.integer({ min: -2_000, max: 4_000 }),
    fc.constantFrom('officer_in_charge', 'team', 'supervisor'),
  )
  .map(([s, p, at, closed, handed, linked, part]): WorldPart => ({
    records: {
      investigations: [
        {
          investigation_id: `N${p}`,
          opened_at: text(at),
          ...(closed === undefined ? {} : { closed_at: text(at, closed) }),
        },
      ],
      involvements: [{ investigation_id: `N${p}`, person_id: `P${p}`, at: text(at, linked) }],
      allocations: [
        {
          investigation_id: `N${p}`,
          staff_id: `S${s}`,
          part,
          from_at: text(at),
          ...(handed === undefined ? {} : { to_at: text(at, handed) }),
        },
      ],
    },
  }))

const writeUp = fc
  .tuple(who, whom, when, fc.integer({ min: 0, max: 2_000 }), fc.constantFrom('voice', 'sms', 'visit'))
  .map(([s, p, at, lag, medium]): WorldPart => ({
    records: {
      contact_log: [
        { staff_id: `S${s}`, person_id: `P${p}`, medium, at: text(at), logged_at: text(at, lag) },
      ],
    },
  }))

const away = fc
  .tuple(who, when, minutesLater, fc.constantFrom('sick', 'annual_leave', 'training'))
  .map(([s, at, length, kind]): WorldPart => ({
    records: { absences: [{ staff_id: `S${s}`, kind, start_at: text(at), end_at: text(at, length) }] },
  }))

const extraDuty = fc
  .tuple(who, when, fc.integer({ min: 30, max: 600 }), fc.constantFrom('overtime', 'on_call', 'recalled'))
  .map(([s, at, length, kind]): WorldPart => ({
    records: { duties: [{ staff_id: `S${s}`, kind, start_at: text(at), end_at: text(at, length) }] },
  }))

const plan = fc
  .tuple(who, whom, when, later, fc.constantFrom('engagement_plan', 'family_liaison', 'safeguarding'))
  .map(([s, p, at, length, part]): WorldPart => ({
    records: {
      assignments: [
        {
          staff_id: `S${s}`,
          person_id: `P${p}`,
          part,
          approved_by: 'S9',
          from_at: text(at),
          ...(length === undefined ? {} : { to_at: text(at, length) }),
        },
      ],
    },
  }))

const trace = fc.tuple(who, whom, when, fc.integer({ min: 0, max: 5 })).map(([s, p, at, kind]): WorldPart => {
  const day = `D${at[0]}`
  const rows: Records[] = [
    { stops: [{ staff_id: `S${s}`, person_id: `P${p}`, at: text(at) }] },
    { person_flags: [{ person_id: `P${p}`, flag: 'domestic_abuse_victim', from_on: day }] },
    { intelligence: [{ staff_id: `S${s}`, category: 'improper_contact', received_on: day }] },
    {
      devices: [
        { address: device(s), device_id: `asset ${day}`, staff_id: `S${(s % 4) + 1}`, from_at: text(at) },
      ],
    },
    { person_numbers: [{ person_id: `P${(p % 5) + 1}`, number: number(p), from_on: day }] },
    {
      handset_counts: [
        {
          device_address: device(s),
          other_address: number(p),
          window_from: 'D0',
          window_to: text(at),
          extracted_at: text(at, 600),
          events: 1,
        },
      ],
    },
  ]
  return { records: rows[kind] ?? {} }
})

/** One thing that happens in a random world, or that somebody writes down. */
export const episode: fc.Arbitrary<WorldPart> = fc.oneof(
  { weight: 5, arbitrary: talk },
  { weight: 2, arbitrary: write },
  { weight: 4, arbitrary: lookUp },
  { weight: 4, arbitrary: visit },
  { weight: 2, arbitrary: attend },
  { weight: 2, arbitrary: caseOf },
  { weight: 2, arbitrary: writeUp },
  { weight: 1, arbitrary: away },
  { weight: 1, arbitrary: extraDuty },
  { weight: 1, arbitrary: plan },
  { weight: 2, arbitrary: trace },
)
