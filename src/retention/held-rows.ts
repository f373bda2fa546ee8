import type { Feed } from '../intake/feeds.ts'

/** Whose rows stay, whatever their age. */
export type Held = { readonly staff: readonly string[]; readonly people: readonly string[] }

const staff = 'has({held_staff:Array(String)}, staff_id)'
const people = (column: string): string => `has({held_people:Array(String)}, ${column})`

/**
 * What makes a row of a feed one of somebody whose rows are held, for every column that can say so: their own, their devices',
 * their vehicles', the incidents and cases they had part in. Rather a row too many than one too few.
 */
const reasons: Readonly<Record<string, string>> = {
  staff_id: staff,
  person_id: people('person_id'),
  related_person_id: people('related_person_id'),
  subject_id: people('subject_id'),
  device_address: `device_address in (select address from upstander.devices where ${staff})`,
  other_address: `other_address in (select number from upstander.person_numbers where ${people('person_id')})`,
  unit_id: `unit_id in (select unit_id from upstander.crewing where ${staff})`,
  incident_id: `incident_id in (select incident_id from upstander.attendances where ${staff}
    union all select incident_id from upstander.incident_actions where ${staff}
    union all select incident_id from upstander.involvements where ${people('person_id')})`,
  investigation_id: `investigation_id in (select investigation_id from upstander.allocations where ${staff}
    union all select investigation_id from upstander.involvements where ${people('person_id')})`,
}

/** SQL that is true for a row that is held. Takes `held_staff` and `held_people`. */
export const isHeld = ({ fields }: Feed): string => {
  const found = fields.flatMap(({ name }) => reasons[name] ?? [])
  return found.length === 0 ? 'false' : `(${found.map(each => `(${each})`).join(' or ')})`
}

/** The parameters of `isHeld`. */
export const heldParams = ({ staff, people }: Held) => ({ held_staff: staff, held_people: people })
