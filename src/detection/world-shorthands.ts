import { z } from 'zod'
import { momentOf, secondOf, secondsOf } from './world-times.ts'

const repeated = { repeat: z.int().positive().default(1), every: z.string().default('1d') }
const point = z.tuple([z.number(), z.number()])

const roster = z.strictObject({
  staff_id: z.string(),
  /** First and last day on duty. */
  from: z.string(),
  to: z.string(),
  /** `08:00-16:00`; an end before the start is the next morning. */
  hours: z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/),
  kind: z.enum(['rostered', 'overtime', 'on_call', 'recalled']).default('rostered'),
  /** Days off, such as `D5`. */
  off: z.array(z.string()).default([]),
})

const visit = z.strictObject({
  unit_id: z.string(),
  /** Who was booked on the unit, from half an hour before to half an hour after; nobody when empty. */
  staff: z.array(z.string()),
  /** Arrival. */
  at: z.string(),
  minutes: z.number().positive(),
  /** Latitude and longitude. */
  place: point,
  /** Metres north of the place where the unit really stood. */
  offset_m: z.number().default(0),
  /** Seconds between fixes. */
  fix_seconds: z.int().positive().default(15),
  ...repeated,
})

const attendance = z.strictObject({
  incident_id: z.string(),
  staff: z.array(z.string()).min(1),
  person_id: z.string(),
  /** Arrival, ten minutes after the log opened and they were sent. */
  at: z.string(),
  minutes: z.number().positive().default(40),
  type: z.string().default('domestic_abuse'),
  part: z.string().default('victim'),
  place: point.optional(),
  /** When the log closed; an hour after they left when absent. */
  closed_at: z.string().optional(),
  ...repeated,
})

/** What is so common in hand-made records that it has a short form. */
export const shorthandShape = {
  /** A duty a day. */
  rosters: z.array(roster).default([]),
  /** A unit that drives in, stands and drives away, with its crew and its fixes. */
  visits: z.array(visit).default([]),
  /** A log that staff were sent to, with the person it was about. */
  attended: z.array(attendance).default([]),
}

type Shorthands = {
  readonly day0: string
  readonly rosters: readonly z.output<typeof roster>[]
  readonly visits: readonly z.output<typeof visit>[]
  readonly attended: readonly z.output<typeof attendance>[]
}
type Given = readonly [feed: string, row: Record<string, string | number | boolean>]

/** The rows that the short forms of a world stand for, as pairs of feed and row. */
export const rowsOfShorthands = (world: Shorthands): Given[] => [
  ...world.rosters.flatMap(each => dutiesOf(each, world.day0)),
  ...world.visits.flatMap(each => visitsOf(each, world.day0)),
  ...world.attended.flatMap(each => attendancesOf(each, world.day0)),
]

const startOf = (text: string, day0: string): number => {
  const seconds = secondOf(text, day0)
  if (seconds === undefined) throw new Error(`"${text}" is no time. Write D2 14:00 or D2.`)
  return seconds
}

const day = 86_400

const dutiesOf = (each: z.output<typeof roster>, day0: string): Given[] => {
  const [start = '', end = ''] = each.hours.split('-')
  const off = new Set(each.off.map(text => startOf(text, day0)))
  const rows: Given[] = []
  for (let at = startOf(each.from, day0); at <= startOf(each.to, day0); at += day) {
    if (off.has(at)) continue
    rows.push([
      'duties',
      {
        staff_id: each.staff_id,
        kind: each.kind,
        start_at: momentOf(at + clock(start)),
        end_at: momentOf(at + clock(end) + (end <= start ? day : 0)),
      },
    ])
  }
  return rows
}

const clock = (text: string): number => Number(text.slice(0, 2)) * 3_600 + Number(text.slice(3)) * 60

const metresPerDegree = 111_195
/** A unit reaches and leaves a place at 40 km/h from a kilometre away. */
const driveMetres = 1_000
const metresPerSecond = 11

const visitsOf = (each: z.output<typeof visit>, day0: string): Given[] =>
  Array.from({ length: each.repeat }, (_, n) => {
    const arrived = startOf(each.at, day0) + n * secondsOf(each.every)
    const left = arrived + each.minutes * 60
    const [lat, lon] = [each.place[0] + each.offset_m / metresPerDegree, each.place[1]]
    const east = metresPerDegree * Math.cos((lat * Math.PI) / 180)
    const fix = (at: number, metres: number): Given => [
      'positions',
      {
        unit_id: each.unit_id,
        at: momentOf(at),
        lat: round(lat),
        lon: round(lon + metres / east),
        ignition: true,
      },
    ]
    const driving: Given[] = []
    for (
      let metres = metresPerSecond * each.fix_seconds;
      metres <= driveMetres;
      metres += metresPerSecond * each.fix_seconds
    ) {
      const seconds = Math.round(metres / metresPerSecond)
      driving.push(fix(arrived - seconds, -metres), fix(left + seconds, metres))
    }
    const standing: Given[] = []
    for (let at = arrived; at <= left; at += each.fix_seconds) standing.push(fix(at, 0))
    const crewed = each.staff.map(
      staffId =>
        [
          'crewing',
          {
            unit_id: each.unit_id,
            staff_id: staffId,
            start_at: momentOf(arrived - 1_800),
            end_at: momentOf(left + 1_800),
          },
        ] as const,
    )
    return [...driving, ...standing, ...crewed]
  }).flat()

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

const attendancesOf = (each: z.output<typeof attendance>, day0: string): Given[] =>
  Array.from({ length: each.repeat }, (_, n) => {
    const shift = n * secondsOf(each.every)
    const arrived = startOf(each.at, day0) + shift
    const left = arrived + each.minutes * 60
    const incident = each.repeat === 1 ? each.incident_id : `${each.incident_id}-${n + 1}`
    const closed = each.closed_at === undefined ? left + 3_600 : startOf(each.closed_at, day0) + shift
    return [
      [
        'incidents',
        {
          incident_id: incident,
          type: each.type,
          opened_at: momentOf(arrived - 600),
          closed_at: momentOf(closed),
          ...(each.place ? { lat: each.place[0], lon: each.place[1] } : {}),
        },
      ],
      [
        'involvements',
        { incident_id: incident, person_id: each.person_id, part: each.part, at: momentOf(arrived - 600) },
      ],
      ...each.staff.map(
        staffId =>
          [
            'attendances',
            {
              incident_id: incident,
              staff_id: staffId,
              assigned_at: momentOf(arrived - 600),
              arrived_at: momentOf(arrived),
              left_at: momentOf(left),
            },
          ] as const,
      ),
    ] satisfies Given[]
  }).flat()
