type Cell = string | number | boolean | null

const long = '2020-01-01'

/** What a hand-made record says where its test leaves a required field out: the commonest thing. */
const defaults: Readonly<Record<string, Readonly<Record<string, Cell>>>> = {
  staff: { role: 'officer', joined_on: '2015-01-01' },
  postings: { post: 'response', from_on: long },
  duties: { kind: 'rostered' },
  absences: { kind: 'annual_leave' },
  devices: { kind: 'mobile', shared: false, from_at: `${long} 00:00:00` },
  units: { kind: 'vehicle', take_home: false },
  incidents: { type: 'domestic_abuse' },
  investigations: { type: 'domestic_abuse' },
  allocations: { part: 'officer_in_charge' },
  person_flags: { from_on: long },
  involvements: { part: 'victim' },
  person_addresses: { kind: 'home', from_on: long },
  person_numbers: { from_on: long },
  person_vehicles: { from_on: long },
  person_relations: { kind: 'partner' },
  billing: { direction: 'out', kind: 'sms' },
  messages: { direction: 'out', channel: 'sms' },
  contact_log: { medium: 'voice' },
  handset_counts: { kind: 'sms' },
  system_access: { system: 'records', action: 'view', subject_kind: 'person', remote: false },
  custody_visits: { kind: 'other' },
  complaints: { category: 'other' },
  intelligence: { category: 'other', source_grade: 2, information_grade: 'C' },
  sites: { kind: 'station' },
  patrol_plans: { radius_m: 200, purpose: 'directed patrol' },
  stops: { kind: 'person' },
}

/** Values for the fields a row leaves out; some follow from those it has. */
export const defaultsOf = (
  feed: string,
  row: Readonly<Record<string, Cell>>,
): Readonly<Record<string, Cell>> => ({
  ...defaults[feed],
  ...(feed === 'devices' ? { device_id: `asset ${String(row.address ?? '')}` } : {}),
  ...(feed === 'contact_log' ? { logged_at: row.at ?? null } : {}),
  ...(feed === 'billing' && row.kind === 'voice' ? { duration_s: 120 } : {}),
})
