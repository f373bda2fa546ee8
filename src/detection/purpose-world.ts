import type { World } from './record-world.ts'

type Rows = NonNullable<World['records']>[string]

const device = '+447700900001'
const home: [number, number] = [52, -1]

const people = [
  'sent',
  'late link',
  'case',
  'plan',
  'detained',
  'stopped',
  'logged',
  'quoted',
  'desk',
  'team',
  'household',
  'relative',
  'nearby',
  'street',
  'hub',
  'handed over',
  'caller',
  'met elsewhere',
  'own case',
  'closed lately',
  'rung after',
  'log caller',
  'tied',
  'only written up',
  'long before',
]
const numberOf = (person: string) => `+4477009002${String(people.indexOf(person)).padStart(2, '0')}`
const text = (person: string, times: readonly string[]): Rows =>
  times.map(at => ({
    record_id: `${person} ${at}`,
    device_address: device,
    other_address: numberOf(person),
    at,
  }))
const look = (person: string, times: readonly string[], more: Rows[number] = {}): Rows =>
  times.map(at => ({ access_id: `${person} ${at}`, staff_id: 'S1', subject_id: person, at, ...more }))
const place = (person: string): [number, number] => [home[0], home[1] + people.indexOf(person) * 0.02]
const stop = (person: string, at: string, staff = ['S1']) => ({
  unit_id: 'V1',
  staff,
  at,
  minutes: 10,
  place: place(person),
})

/** Contacts, look-ups and stays with a person each, named for what may explain them: one that it does, and near misses. */
export const purposeWorld: World = {
  day0: '2025-06-02',
  rosters: [
    { staff_id: 'S1', from: 'D-10', to: 'D70', hours: '08:00-16:00' },
    { staff_id: 'S3', from: 'D-10', to: 'D70', hours: '08:00-16:00' },
    { staff_id: 'S4', from: 'D-10', to: 'D70', hours: '08:00-16:00' },
  ],
  attended: [
    {
      incident_id: 'I-sent',
      staff: ['S1'],
      person_id: 'sent',
      at: 'D0 10:00',
      minutes: 60,
      place: place('sent'),
    },
    { incident_id: 'I-team', staff: ['S2'], person_id: 'team', at: 'D0 10:00', minutes: 60 },
    { incident_id: 'I-relative', staff: ['S1'], person_id: 'relative', at: 'D0 10:00', minutes: 60 },
    {
      incident_id: 'I-nearby',
      staff: ['S1'],
      person_id: 'somebody',
      at: 'D5 10:00',
      minutes: 60,
      place: [place('nearby')[0] + 0.002, place('nearby')[1]],
    },
    { incident_id: 'I-quoted', staff: ['S1'], person_id: 'quoted', at: 'D0 10:00', closed_at: 'D10 10:00' },
    { incident_id: 'I-desk', staff: ['S9'], person_id: 'desk', at: 'D0 10:00', closed_at: 'D10 10:00' },
    { incident_id: 'I-own', staff: ['S1'], person_id: 'own case', at: 'D0 10:00', closed_at: 'D60 10:00' },
    { incident_id: 'I-once', staff: ['S1'], person_id: 'met elsewhere', at: 'D-9 10:00' },
    ...['met elsewhere', 'closed lately', 'rung after'].map(person => ({
      incident_id: `I-${person}`,
      staff: ['S9'],
      person_id: person,
      at: 'D0 10:00',
      closed_at: person === 'met elsewhere' ? 'D60 10:00' : 'D10 10:00',
    })),
    { incident_id: 'I-tied', staff: ['S9'], person_id: 'tied', at: 'D28 10:00' },
    { incident_id: 'I-long', staff: ['S9'], person_id: 'long before', at: 'D20 10:00' },
    {
      incident_id: 'I-log',
      staff: ['S9'],
      person_id: 'log caller',
      at: 'D5 10:00',
      closed_at: 'D5 14:00',
      repeat: 2,
      every: '10d',
    },
  ],
  records: {
    staff: ['S1', 'S2', 'S3', 'S4'].map(staff => ({ staff_id: staff })),
    postings: [
      { staff_id: 'S1', team: 'A' },
      { staff_id: 'S2', team: 'A' },
      { staff_id: 'S3', team: 'B', post: 'victim_desk' },
      { staff_id: 'S4', team: 'C', post: 'control_room' },
    ],
    devices: [{ address: device, staff_id: 'S1' }],
    units: [{ unit_id: 'V1' }],
    people: people.map(person => ({ person_id: person })),
    person_numbers: people.map(person => ({ person_id: person, number: numberOf(person) })),
    person_addresses: [
      ...people.map(person => ({
        person_id: person,
        lat: place(person)[0],
        lon: place(person)[1],
      })),
      { person_id: 'flatmate', lat: place('sent')[0], lon: place('sent')[1] },
    ],
    person_relations: [{ person_id: 'household', related_person_id: 'relative' }],
    incidents: [{ incident_id: 'I-late', opened_at: 'D0 09:00' }],
    attendances: [{ incident_id: 'I-late', staff_id: 'S1', assigned_at: 'D0 09:00', left_at: 'D0 11:00' }],
    investigations: [
      { investigation_id: 'N1', opened_at: 'D0 09:00', closed_at: 'D10 12:00' },
      { investigation_id: 'N2', opened_at: 'D0 09:00' },
      { investigation_id: 'N-tied', opened_at: 'D28 12:00' },
      { investigation_id: 'N-own', incident_id: 'I-own', opened_at: 'D0 12:00' },
    ],
    incident_actions: [{ incident_id: 'I-log-1', staff_id: 'S4', at: 'D5 10:30', action: 'allocated' }],
    involvements: [
      { investigation_id: 'N1', person_id: 'case', at: 'D0 09:00' },
      { investigation_id: 'N2', person_id: 'handed over', at: 'D0 09:00' },
      { incident_id: 'I-late', person_id: 'late link', at: 'D3 09:00' },
    ],
    allocations: [
      { investigation_id: 'N1', staff_id: 'S1', from_at: 'D0 09:00', to_at: 'D5 12:00' },
      { investigation_id: 'N2', staff_id: 'S1', from_at: 'D0 09:00', to_at: 'D3 09:00' },
      { investigation_id: 'N2', staff_id: 'S1', from_at: 'D15 09:00' },
      { investigation_id: 'N-tied', staff_id: 'S1', from_at: 'D28 12:00' },
    ],
    assignments: [
      {
        assignment_id: 'plan',
        staff_id: 'S1',
        person_id: 'plan',
        part: 'engagement_plan',
        from_at: 'D0 09:00',
      },
    ],
    custody_visits: [
      { visit_id: 'v', staff_id: 'S1', person_id: 'detained', start_at: 'D0 10:00', end_at: 'D0 10:20' },
    ],
    stops: [
      { stop_id: 's', staff_id: 'S1', person_id: 'stopped', at: 'D0 10:00' },
      { stop_id: 'flat', staff_id: 'S1', person_id: 'flatmate', at: 'D-9 10:00' },
      ...['nearby', 'street', 'hub', 'logged'].map(person => ({
        staff_id: 'S1',
        person_id: person,
        at: 'D-9 10:00',
      })),
    ],
    contact_log: [
      ...['tied', 'only written up', 'long before'].map(person => ({
        entry_id: person,
        staff_id: 'S1',
        person_id: person,
        investigation_id: 'N-tied',
        at: 'D30 10:00',
        logged_at: 'D30 11:00',
      })),
      {
        entry_id: 'in time',
        staff_id: 'S1',
        person_id: 'logged',
        medium: 'sms',
        at: 'D0 12:00',
        logged_at: 'D1 11:00',
      },
      {
        entry_id: 'too late',
        staff_id: 'S1',
        person_id: 'logged',
        medium: 'sms',
        at: 'D3 12:00',
        logged_at: 'D4 12:01',
      },
      {
        entry_id: 'visit',
        staff_id: 'S1',
        person_id: 'logged',
        medium: 'visit',
        at: 'D6 14:00',
        logged_at: 'D6 15:00',
      },
      {
        entry_id: 'call',
        staff_id: 'S1',
        person_id: 'logged',
        medium: 'voice',
        at: 'D8 14:00',
        logged_at: 'D8 15:00',
      },
    ],
    patrol_plans: [
      {
        plan_id: 'street',
        team: 'A',
        lat: place('street')[0],
        lon: place('street')[1],
        from_at: 'D0 00:00',
        to_at: 'D5 00:00',
      },
    ],
    sites: [{ site_id: 'hub', lat: place('hub')[0] + 0.0005, lon: place('hub')[1] }],
    billing: [
      ...text('sent', ['D0 10:30', 'D1 10:59', 'D1 11:01']),
      ...text('late link', ['D0 12:00']),
      ...text('case', ['D0 12:00', 'D8 11:00', 'D8 13:00']),
      ...text('plan', ['D27 12:00', 'D28 12:00']),
      ...text('detained', ['D0 12:00', 'D2 12:00']),
      ...text('stopped', ['D0 12:00', 'D2 12:00']),
      ...text('logged', ['D0 12:00', 'D0 23:59', 'D3 12:00']),
      ...text('caller', ['D1 11:30']).map(row => ({ ...row, direction: 'in' })),
      ...text('rung after', ['D20 15:00']),
      ...['tied', 'only written up', 'long before'].flatMap(person =>
        text(person, ['D29 12:00', 'D35 12:00']),
      ),
    ],
    system_access: [
      ...look('sent', ['D3 10:59', 'D3 11:01']),
      ...look('quoted', ['D5 12:00'], { reference: 'I-quoted' }),
      ...look('quoted', ['D6 12:00'], { reference: 'I-sent' }),
      ...look('quoted', ['D7 12:00']),
      ...look('quoted', ['D8 20:00', 'D17 10:01'], { reference: 'I-quoted' }),
      ...look('handed over', ['D9 12:00', 'D20 12:00'], { reference: 'N2' }),
      ...look('desk', ['D60 12:00'], { staff_id: 'S3', reference: 'I-desk' }),
      ...look('desk', ['D61 12:00'], { staff_id: 'S3' }),
      ...look('desk', ['D62 12:00'], { reference: 'I-desk' }),
      ...look('caller', ['D1 12:00', 'D1 12:35'], { staff_id: 'S3' }),
      ...look('met elsewhere', ['D5 12:00'], { reference: 'I-met elsewhere' }),
      ...look('met elsewhere', ['D6 12:00'], { staff_id: 'S3', reference: 'I-met elsewhere' }),
      ...look('own case', ['D27 12:00', 'D29 12:00'], { reference: 'N-own' }),
      ...look('closed lately', ['D37 12:00', 'D39 12:00'], { reference: 'I-closed lately' }),
      ...look('rung after', ['D20 12:00'], { reference: 'I-rung after' }),
      ...look('log caller', ['D9 12:00'], { staff_id: 'S4', reference: 'I-log-1' }),
      ...look('log caller', ['D15 12:00', 'D20 12:00'], { staff_id: 'S4', reference: 'I-log-2' }),
      {
        access_id: 'flat D0 12:00',
        staff_id: 'S1',
        at: 'D0 12:00',
        subject_kind: 'address',
        subject_id: place('sent')
          .map(degrees => degrees.toFixed(5))
          .join(' '),
      },
      ...look('team', ['D0 12:00', 'D0 20:00', 'D3 12:00']),
      ...look('household', ['D0 12:00', 'D4 12:00']),
    ],
  },
  visits: [
    stop('sent', 'D0 15:00'),
    stop('sent', 'D0 20:00'),
    stop('case', 'D2 14:00', ['S1', 'S2']),
    stop('case', 'D2 20:00'),
    stop('nearby', 'D5 10:20'),
    stop('nearby', 'D6 10:20'),
    stop('street', 'D2 11:00'),
    stop('street', 'D7 14:00'),
    stop('hub', 'D2 12:00'),
    stop('logged', 'D6 14:00'),
    stop('logged', 'D8 14:00'),
  ],
}
