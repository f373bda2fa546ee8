import type { CaseStaff } from './case-file.ts'
import { caseTime } from './case-time.ts'
import { shiftsBetween } from './shifts.ts'
import type { WorldPart, WorldRow } from '../../src/detection/record-world.ts'

type Place = [lat: number, lon: number]

/** Days of ordinary work before the first meeting, so that nothing looks new merely because the records begin. */
export const firstDay = -28

export type OrdinaryStaff = CaseStaff & {
  readonly id: string
  readonly number: string
  readonly place: number
}

/** The unit that reports where a member of staff is. */
export const unitOf = (staff: OrdinaryStaff): { readonly id: string; readonly kind: string } => ({
  id: `U-${staff.id}`,
  kind: staff.unit ?? 'vehicle',
})

const hours = 3_600
const minutes = 60

/**
 * What an ordinary member of staff leaves in the records: a post, an issued telephone, duties, and on each duty two
 * logs attended, each with one person, who is looked up for it, rung on the way and written to afterwards.
 */
export const ordinaryWork = (staff: OrdinaryStaff, lastDay: number): WorldPart => {
  const { id } = staff
  const unit = unitOf(staff)
  const shifts = shiftsBetween(staff.pattern, staff.phase, firstDay, lastDay)
  const jobs = shifts.flatMap(({ start }, n) => [
    jobOf(staff, n * 2, start + 1.5 * hours),
    jobOf(staff, n * 2 + 1, start + 5 * hours),
  ])
  const since = caseTime(firstDay * 86_400)
  const day = `D${firstDay}`
  const records: Record<string, WorldRow[]> = {
    staff: [{ staff_id: id, role: staff.role, station: 'North', team: 'N1', joined_on: '2015-01-05' }],
    postings: [{ staff_id: id, post: staff.post, team: `N-${id}`, from_on: '2020-01-06' }],
    duties: shifts.map(({ start, end }, n) => ({
      duty_id: `DU-${id}-${n}`,
      staff_id: id,
      start_at: caseTime(start),
      end_at: caseTime(end),
      kind: 'rostered',
    })),
    devices: [
      {
        device_id: `DE-${id}`,
        kind: 'mobile',
        address: staff.number,
        staff_id: id,
        shared: false,
        from_at: since,
      },
    ],
    people: jobs.map(job => ({ person_id: job.person, birth_year: 1980 })),
    person_numbers: jobs.map(job => ({ person_id: job.person, number: job.number, from_on: day })),
    person_addresses: jobs.map(job => ({
      person_id: job.person,
      lat: job.home[0],
      lon: job.home[1],
      kind: 'home',
      from_on: day,
    })),
    incidents: jobs.map(job => ({
      incident_id: job.incident,
      opened_at: caseTime(job.sent - 10 * minutes),
      closed_at: caseTime(job.arrived + 50 * minutes),
      type: 'antisocial_behaviour',
      grade: 'scheduled',
      lat: job.home[0],
      lon: job.home[1],
    })),
    involvements: jobs.map(job => ({
      involvement_id: `I-${job.person}`,
      person_id: job.person,
      incident_id: job.incident,
      part: 'caller',
      at: caseTime(job.sent - 10 * minutes),
    })),
    attendances: jobs.map(job => ({
      incident_id: job.incident,
      staff_id: id,
      assigned_at: caseTime(job.sent),
      arrived_at: caseTime(job.arrived),
      left_at: caseTime(job.arrived + 35 * minutes),
    })),
    system_access: jobs.flatMap(job => [
      access(staff, job, 'incident', job.incident, 2),
      access(staff, job, 'person', job.person, 4),
    ]),
    billing: jobs.flatMap(job => [
      bill(staff, job, 'voice', 'out', 10 * minutes),
      bill(staff, job, 'sms', 'out', 3 * hours),
      ...(job.n % 2 === 0 ? [bill(staff, job, 'sms', 'in', 3 * hours + 5 * minutes)] : []),
    ]),
    contact_log: jobs
      .filter(job => job.n % 3 === 0)
      .map(job => ({
        entry_id: `L-${job.person}`,
        staff_id: id,
        person_id: job.person,
        at: caseTime(job.sent + 10 * minutes),
        logged_at: caseTime(job.sent + 2 * hours),
        medium: 'voice',
        incident_id: job.incident,
      })),
  }
  if (staff.unit === undefined) return { records }
  return {
    records: {
      ...records,
      units: [{ unit_id: unit.id, kind: unit.kind, take_home: staff.take_home, base_station: 'North' }],
      crewing: shifts.map(({ start, end }) => ({
        unit_id: unit.id,
        staff_id: id,
        start_at: caseTime(start),
        end_at: caseTime(end),
        seat: unit.kind === 'vehicle' ? 'driver' : 'holder',
      })),
    },
    visits: jobs.map(job => ({
      unit_id: unit.id,
      staff: [],
      at: caseTime(job.arrived),
      minutes: 35,
      place: job.home,
    })),
  }
}

type Job = {
  readonly n: number
  readonly person: string
  readonly incident: string
  readonly number: string
  readonly home: Place
  readonly sent: number
  readonly arrived: number
}

/** Homes lie about a kilometre apart, far from those of the case; numbers come from the ranges kept for drama. */
const jobOf = (staff: OrdinaryStaff, n: number, sent: number): Job => ({
  n,
  person: `${staff.id}-P${n}`,
  incident: `${staff.id}-L${n}`,
  number: `+441${113 + staff.place}4960${String(n).padStart(3, '0')}`,
  home: [52.6 + 0.01 * (n % 30), -1.5 + 0.015 * Math.floor(n / 30) + 0.3 * staff.place],
  sent,
  arrived: sent + 15 * minutes,
})

const access = (
  staff: OrdinaryStaff,
  job: Job,
  subject: string,
  subjectId: string,
  after: number,
): WorldRow => ({
  access_id: `A-${job.incident}-${subject}`,
  staff_id: staff.id,
  at: caseTime(job.sent + after * minutes),
  system: 'records',
  action: 'view',
  subject_kind: subject,
  subject_id: subjectId,
  reference: job.incident,
  reason: 'attending',
  remote: false,
})

const bill = (staff: OrdinaryStaff, job: Job, kind: string, direction: string, after: number): WorldRow => ({
  record_id: `B-${job.incident}-${kind}-${direction}`,
  device_address: staff.number,
  other_address: job.number,
  direction,
  kind,
  at: caseTime(job.sent + after),
  ...(kind === 'voice' ? { duration_s: 75 } : {}),
})
