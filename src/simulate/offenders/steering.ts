import type { Random } from '../random.ts'
import { daySeconds, hour, minute } from '../time.ts'
import type { Dealing, Member, World } from '../world.ts'

/** A case kept close and closed early: the offender takes the next call about the person, and files the case as the victim's own wish. */
export const steerCase = (
  world: World,
  random: Random,
  member: Member,
  dealing: Dealing,
  from: number,
): void => {
  const { investigation, person } = dealing
  if (investigation && investigation.closedAt > from + 5 * daySeconds) {
    investigation.closedAt = from + random.whole(3, 12) * daySeconds
    investigation.closure = 'victim_declined'
  }
  const later = world.incidents.filter(
    ({ openedAt, people }) => openedAt > from && people[0]?.person === person,
  )
  for (const incident of later.slice(0, 3)) {
    const turn = member.shifts.find(
      shift => shift.start > incident.openedAt && shift.start < incident.openedAt + 3 * daySeconds,
    )
    if (!turn || incident.attended.some(({ shift }) => shift.member === member)) continue
    world.package.add('incident_actions', {
      incident_id: incident.id,
      at: incident.openedAt + random.whole(10, 50) * minute,
      staff_id: member.id,
      action: 'deferred_to_own_shift',
    })
    world.package.add('incident_actions', {
      incident_id: incident.id,
      at: turn.start + random.whole(1, 3) * hour,
      staff_id: member.id,
      action: 'self_allocated',
    })
  }
}
