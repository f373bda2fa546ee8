import { degrees, offBy } from './area.ts'
import { minute } from './time.ts'
import type { World } from './world.ts'

/** What happens on the street besides calls: stops and searches, and body-worn video at incidents. */
export const policeStreets = (world: World): void => {
  const random = world.random('street')
  for (const outing of world.outings) {
    const lead = outing.crew[0]?.member
    const takenHome = outing.unit.startsWith('T')
    if (outing.start < world.start || lead === undefined || lead.role === 'pcso' || takenHome) continue
    const perTurn =
      lead.post === 'roads' ? 2.2 : ['response', 'neighbourhood', 'firearms'].includes(lead.post) ? 0.25 : 0
    for (let stop = random.poisson(perTurn); stop > 0; stop--) {
      const at = random.whole(outing.start, outing.end)
      if (outing.visits.some(visit => visit.from < at && at < visit.to)) continue
      const known = random.chance(0.5)
      const person = random.pick(world.people)
      const vehicle = random.chance(lead.post === 'roads' ? 0.9 : 0.3)
      world.package.add('stops', {
        stop_id: world.package.key('ST'),
        staff_id: lead.id,
        at,
        kind: vehicle ? 'vehicle' : 'person',
        ...degrees(offBy(random, outing.station, random.between(100, 2_500))),
        person_id: known ? person.id : undefined,
        registration:
          vehicle && random.chance(0.9)
            ? `XX${random.whole(10, 75)} ZZ${random.pick(['A', 'B', 'C'])}`
            : undefined,
      })
    }
  }
  for (const { id, attended, type } of world.incidents)
    for (const { shift, arrived, left } of attended) {
      if (shift.member.role === 'staff' || !random.chance(type === 'domestic_abuse' ? 0.85 : 0.5)) continue
      const start = arrived + random.whole(-120, 200)
      const end = random.chance(0.6) ? left : start + random.whole(3, 40) * minute
      world.package.add('body_worn', {
        staff_id: shift.member.id,
        start_at: start,
        end_at: Math.max(end, start + 60),
        incident_id: random.chance(0.9) ? id : undefined,
      })
    }
}
