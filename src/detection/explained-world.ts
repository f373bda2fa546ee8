import type { Lake } from '../lake/lake.ts'
import type { World } from './record-world.ts'

const home: [number, number] = [52.0005, -1.0005]
const otherHome: [number, number] = [53.0005, -2.0005]
/** Metres north of a place, as degrees of latitude. */
const north = (metres: number): number => metres / 111_195

/**
 * Three pairs, for tests of innocent explanations. Nothing explains what S1 and P1, and S2 and P2, had to do with each other
 * (a contact at night, a stay, a look-up); around it S1 has a record for each explanation, and S2 one that just misses. S3 met P3
 * once, long ago.
 */
export const explainedWorld: World = {
  day0: '2026-06-01',
  rosters: [
    { staff_id: 'S1', from: 'D-80', to: 'D25', hours: '08:00-16:00' },
    { staff_id: 'S2', from: 'D-80', to: 'D25', hours: '08:00-16:00' },
  ],
  visits: [
    { unit_id: 'V1', staff: ['S1', 'S3'], at: 'D6 14:00', minutes: 20, place: home },
    { unit_id: 'V2', staff: ['S2'], at: 'D9 14:00', minutes: 20, place: otherHome },
    // The log has S1 at the scene until 11:30, and S2 until 11:30.
    { unit_id: 'V1', staff: ['S1'], at: 'D9 10:40', minutes: 20, place: [52.05, -1] },
    { unit_id: 'V2', staff: ['S2'], at: 'D11 14:00', minutes: 20, place: [53.05, -2] },
  ],
  attended: [
    { incident_id: 'met1', staff: ['S1'], person_id: 'P1', at: 'D-30 10:00', type: 'burglary' },
    { incident_id: 'met2', staff: ['S2'], person_id: 'P2', at: 'D-30 10:00', type: 'burglary' },
    {
      incident_id: 'crisis',
      staff: ['S4'],
      person_id: 'P1',
      at: 'D4 10:00',
      type: 'missing_person',
      closed_at: 'D10 10:00',
    },
    {
      incident_id: 'theft',
      staff: ['S4'],
      person_id: 'P2',
      at: 'D7 10:00',
      type: 'theft',
      closed_at: 'D13 10:00',
    },
    { incident_id: 'within-a-week', staff: ['S1'], person_id: 'P1', at: 'D8 12:00', type: 'theft' },
    { incident_id: 'later', staff: ['S2'], person_id: 'P2', at: 'D20 12:00', type: 'theft' },
    {
      incident_id: 'scene',
      staff: ['S1', 'S3'],
      person_id: 'P1',
      at: 'D9 10:00',
      minutes: 90,
      type: 'theft',
      place: home,
    },
    {
      incident_id: 'alone',
      staff: ['S2'],
      person_id: 'P2',
      at: 'D18 10:00',
      minutes: 90,
      type: 'theft',
      place: otherHome,
    },
    { incident_id: 'while-absent', staff: ['S1'], person_id: 'P9', at: 'D13 10:00' },
    { incident_id: 'after-absence', staff: ['S2'], person_id: 'P9', at: 'D17 10:00' },
  ],
  records: {
    staff: ['S1', 'S2', 'S3', 'S4', 'T1', 'T2', 'T3'].map(staff_id => ({ staff_id })),
    units: [{ unit_id: 'V1' }, { unit_id: 'V2' }, { unit_id: 'V9' }],
    people: ['P1', 'P2', 'P3', 'P9'].map(person_id => ({ person_id })),
    postings: [
      { staff_id: 'S1', post: 'response', team: 'A', from_on: 'D-300' },
      { staff_id: 'S3', post: 'response', team: 'A', from_on: 'D-300' },
      ...['S2', 'T1', 'T2', 'T3'].map(staff_id => ({
        staff_id,
        post: 'response',
        team: 'B',
        from_on: 'D-300',
      })),
    ],
    devices: [
      { address: '+447700900001', staff_id: 'S1' },
      { address: '+447700900002', staff_id: 'S2' },
    ],
    device_events: [
      { device_address: '+447700900001', at: 'D3 10:00', kind: 'reset' },
      { device_address: '+447700900002', at: 'D-60 10:00', kind: 'reset' },
    ],
    person_numbers: [
      { person_id: 'P1', number: '+447700900101' },
      { person_id: 'P2', number: '+447700900102' },
      { person_id: 'P1', number: '+447700900103', from_on: 'D-500', to_on: 'D6' },
      { person_id: 'P2', number: '+447700900104', from_on: 'D-500', to_on: 'D-60' },
    ],
    person_addresses: [
      { person_id: 'P1', lat: home[0], lon: home[1] },
      { person_id: 'P2', lat: otherHome[0], lon: otherHome[1] },
    ],
    person_flags: [
      { person_id: 'P1', flag: 'mental_health', from_on: 'D-100' },
      { person_id: 'P2', flag: 'missing', from_on: 'D-100' },
    ],
    billing: [
      { device_address: '+447700900001', other_address: '+447700900101', at: 'D5 22:00' },
      { device_address: '+447700900002', other_address: '+447700900102', at: 'D8 22:00' },
    ],
    system_access: [
      {
        access_id: 'typed',
        staff_id: 'S1',
        at: 'D7 10:00',
        subject_id: 'P1',
        reference: 'N1',
        reason: 'Safeguarding of a child',
      },
      { access_id: 'vague', staff_id: 'S2', at: 'D10 10:00', subject_id: 'P2', reason: 'Briefing' },
    ],
    contact_log: [
      {
        entry_id: 'late',
        staff_id: 'S1',
        person_id: 'P1',
        medium: 'voice',
        at: 'D2 12:00',
        logged_at: 'D4 12:00',
      },
      {
        entry_id: 'in-time',
        staff_id: 'S2',
        person_id: 'P2',
        medium: 'voice',
        at: 'D2 12:00',
        logged_at: 'D2 15:00',
      },
    ],
    duties: [{ staff_id: 'S1', kind: 'on_call', start_at: 'D22 18:00', end_at: 'D23 06:00' }],
    absences: [
      { staff_id: 'S1', kind: 'sick', start_at: 'D12 00:00', end_at: 'D16 00:00' },
      { staff_id: 'S2', kind: 'sick', start_at: 'D12 00:00', end_at: 'D16 00:00' },
      { staff_id: 'S4', kind: 'annual_leave', start_at: 'D5 20:00', end_at: 'D6 20:00' },
    ],
    body_worn: [
      { staff_id: 'S1', start_at: 'D5 21:30', end_at: 'D5 22:10' },
      { staff_id: 'S2', start_at: 'D8 18:00', end_at: 'D8 18:10' },
      { staff_id: 'S1', start_at: 'D7 10:05', end_at: 'D7 10:20' },
      { staff_id: 'S2', start_at: 'D10 12:00', end_at: 'D10 12:20' },
    ],
    crewing: [{ unit_id: 'V1', staff_id: 'S3', start_at: 'D3 08:00', end_at: 'D3 16:00' }],
    investigations: [
      {
        investigation_id: 'N1',
        opened_at: 'D-25 09:00',
        closed_at: 'D24 09:00',
        closed_by: 'S1',
        closure: 'victim_declined',
        supervisor_reviewed_at: 'D25 09:00',
      },
      {
        investigation_id: 'N2',
        opened_at: 'D-25 09:00',
        closed_at: 'D24 09:00',
        closed_by: 'S2',
        closure: 'victim_declined',
      },
    ],
    involvements: [
      { person_id: 'P1', investigation_id: 'N1', at: 'D-25 09:00' },
      { person_id: 'P2', investigation_id: 'N2', at: 'D-25 09:00' },
    ],
    allocations: [
      { investigation_id: 'N1', staff_id: 'S4', part: 'officer_in_charge', from_at: 'D-25 09:00' },
      { investigation_id: 'N2', staff_id: 'S4', part: 'officer_in_charge', from_at: 'D-25 09:00' },
      { investigation_id: 'N1', staff_id: 'S3', part: 'team', from_at: 'D20 09:00' },
    ],
    custody_visits: [
      { staff_id: 'S1', person_id: 'P1', start_at: 'D21 10:00', end_at: 'D21 10:20' },
      { staff_id: 'S3', person_id: 'P1', start_at: 'D21 10:10', end_at: 'D21 10:30' },
      { staff_id: 'S2', person_id: 'P2', start_at: 'D21 10:00', end_at: 'D21 10:20' },
      { staff_id: 'S3', person_id: 'P2', start_at: 'D21 12:10', end_at: 'D21 12:30' },
    ],
    complaints: [
      { complaint_id: 'first', staff_id: 'S1', received_on: 'D1', category: 'discourtesy' },
      { complaint_id: 'second', staff_id: 'S1', received_on: 'D3', category: 'discourtesy' },
      { complaint_id: 'third', staff_id: 'S2', received_on: 'D1', category: 'discourtesy' },
      { complaint_id: 'fourth', staff_id: 'S2', received_on: 'D20', category: 'discourtesy' },
    ],
    intelligence: [
      {
        report_id: 'one',
        staff_id: 'S1',
        received_on: 'D-200',
        category: 'improper_contact',
        resolved_on: 'D-100',
      },
      { report_id: 'two', staff_id: 'S1', received_on: 'D-195', category: 'improper_contact' },
      { report_id: 'three', staff_id: 'S2', received_on: 'D-200', category: 'improper_contact' },
      { report_id: 'four', staff_id: 'S2', received_on: 'D-170', category: 'improper_contact' },
    ],
    disclosures: [{ staff_id: 'S3', person_id: 'P3', kind: 'new_partner', declared_at: 'D20 10:00' }],
    stops: [{ staff_id: 'S3', person_id: 'P3', at: 'D-400 10:00' }],
    sites: [
      { site_id: 'station', kind: 'station', lat: home[0] + north(200), lon: home[1] },
      { site_id: 'too-far', kind: 'station', lat: otherHome[0] + north(320), lon: otherHome[1] },
    ],
    patrol_plans: [
      {
        plan_id: 'near',
        staff_id: 'S1',
        lat: home[0] - north(400),
        lon: home[1],
        radius_m: 50,
        from_at: 'D6 08:00',
        to_at: 'D6 20:00',
      },
      {
        plan_id: 'far',
        staff_id: 'S2',
        lat: otherHome[0] - north(700),
        lon: otherHome[1],
        radius_m: 50,
        from_at: 'D9 08:00',
        to_at: 'D9 20:00',
      },
    ],
  },
}

const hit = {
  direction: 'out',
  channel: 'sms',
  pattern: 'p',
  aimed: true,
  own_words: true,
  at: '2026-06-05 12:00:00',
}

/** Facts that would take a larger world to come about: words that were found, silences of trackers, a usual stopping place. */
export const writeLateFacts = async (lake: Lake): Promise<void> => {
  const warm = (staff_id: string, party_id: string) => ({
    ...hit,
    staff_id,
    party_id,
    family: 'kiss_token',
    record_id: `messages:${staff_id}-${party_id}`,
  })
  await lake.insert('upstander.message_hits', [
    ...['A', 'B', 'C'].map(party => warm('S1', party)),
    ...['A', 'B'].map(party => warm('S2', party)),
    { ...warm('S1', 'P1'), own_words: false },
    warm('S2', 'P2'),
  ])
  const silence = { unit_kind: 'vehicle', start_at: '2026-06-04 10:00:00', end_at: '2026-06-04 10:20:00' }
  await lake.insert('upstander.silences', [
    { ...silence, unit_id: 'V1', lat: 51, lon: 0 },
    { ...silence, unit_id: 'V9', lat: home[0] + north(100), lon: home[1] },
    {
      ...silence,
      unit_id: 'V2',
      start_at: '2026-06-10 14:00:00',
      end_at: '2026-06-10 14:10:00',
      lat: 51,
      lon: 0,
    },
  ])
  const moment = { what: 'tracker', at: '2026-06-07 14:00:00', known_on: '2026-06-08', lost: true }
  await lake.insert('upstander.watched_moments', [
    { ...moment, staff_id: 'S1', person_id: 'P1', record_id: 'stay:V1:1', lost_record: 'silence:V1:1' },
    { ...moment, staff_id: 'S2', person_id: 'P2', record_id: 'stay:V2:1', lost_record: 'silence:V2:1' },
  ])
  await lake.insert('upstander.stopping_places', [
    {
      square_lat: Math.floor(home[0] * 1000),
      square_lon: Math.floor(home[1] / 0.0016),
      from_on: '2026-01-01',
    },
  ])
}
