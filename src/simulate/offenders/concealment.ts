import { kerbOf } from '../visits.ts'
import type { Random } from '../random.ts'
import { stationOf } from '../outings.ts'
import { hour, minute } from '../time.ts'
import type { Member, Outing, Person, Shift, Visit, World } from '../world.ts'

/** The tracker goes quiet a few minutes before some visits and comes back after. */
export const silenceTrackers = (random: Random, member: Member, visits: readonly Visit[]): void => {
  for (const { outing } of member.shifts)
    for (const visit of outing?.visits ?? [])
      if (outing && visits.includes(visit) && random.chance(0.7))
        outing.silences.push({
          from: visit.from - random.whole(60, 280),
          to: visit.to + random.whole(60, 400),
        })
}

/** Reports sick, and the radio kept at home reports from the person's street. */
export const visitWhileSick = (
  world: World,
  random: Random,
  member: Member,
  person: Person,
  from: number,
  to: number,
): void => {
  const sick = member.absences.find(
    absence => absence.kind === 'sick' && absence.from > from && absence.to < to,
  )
  if (sick) takeOut(world, random, member, person, sick.from + random.whole(10, 20) * hour)
}

/** An outing in a unit kept at home, outside any turn of duty, to one address and back. */
export const takeOut = (world: World, random: Random, member: Member, person: Person, at: number): void => {
  const unit = `T${member.id}`
  const known = world.outings.some(other => other.unit === unit)
  if (!known)
    world.package.add('units', {
      unit_id: unit,
      kind: 'vehicle',
      take_home: true,
      base_station: `Town ${member.town + 1}`,
    })
  const shift: Shift = { member, start: at, end: at + 3 * hour, pattern: 'day', outing: undefined }
  const visit: Visit = {
    at: kerbOf(random, person.home),
    from: at + 50 * minute,
    to: at + random.whole(75, 140) * minute,
    engineOff: true,
  }
  const outing: Outing = {
    unit,
    kind: 'vehicle',
    crew: [shift],
    start: at,
    end: at + 3 * hour,
    station: { ...stationOf(world, member.town), x: member.home.x, y: member.home.y },
    visits: [visit],
    freeAt: at,
    silences: [],
  }
  world.outings.push(outing)
}
