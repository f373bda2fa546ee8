import type { Random } from './random.ts'
import { shiftAt } from './roster.ts'
import { daySeconds, minute } from './time.ts'
import type { Incident, Member, World } from './world.ts'

/** The control room: who took, sent and closed each log. */
export type ControlRoom = { readonly handle: (incident: Incident) => void }

/** Opens the control room's desks. Writes incident_actions. */
export const controlRoom = (world: World, random: Random): ControlRoom => {
  const desks = world.staff.filter(member => member.post === 'control_room')
  const act = (incident: Incident, at: number, member: Member | undefined, action: string) => {
    if (member)
      world.package.add('incident_actions', { incident_id: incident.id, at, staff_id: member.id, action })
  }
  return {
    handle: incident => {
      const onDesk = onDuty(random, desks, incident.openedAt)
      const first = incident.attended[0]
      if (first && random.chance(0.1)) act(incident, first.assigned, first.shift.member, 'self_allocated')
      else if (first) act(incident, first.assigned, onDesk, 'allocated')
      if (incident.grade === 'scheduled' && random.chance(0.2))
        act(incident, incident.openedAt + random.whole(3, 20) * minute, onDesk, 'deferred')
      // Response officers keep a log for their next turn now and then, when it is their own enquiry.
      if (first && incident.grade === 'scheduled' && random.chance(0.02))
        act(
          incident,
          incident.openedAt + random.whole(21, 40) * minute,
          first.shift.member,
          'deferred_to_own_shift',
        )
      if (random.chance(0.03))
        act(
          incident,
          incident.closedAt + random.whole(60, 2_000) * minute,
          onDuty(random, desks, incident.closedAt + daySeconds),
          'reopened',
        )
      act(incident, incident.closedAt, onDuty(random, desks, incident.closedAt), 'closed')
    },
  }
}

/** Somebody of the desk who is on duty at a moment, if any is. */
export const onDuty = (random: Random, desks: readonly Member[], moment: number): Member | undefined => {
  const on = desks.filter(member => shiftAt(member, moment) !== undefined)
  return on.length > 0 ? random.pick(on) : undefined
}
