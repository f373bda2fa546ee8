import { onDuty } from './control-room.ts'
import { hour, minute } from './time.ts'
import type { World } from './world.ts'

const arrestShare: Readonly<Record<string, number>> = {
  domestic_abuse: 0.22,
  assault: 0.16,
  public_order: 0.22,
  drugs: 0.35,
  burglary: 0.06,
  theft: 0.07,
  stalking_harassment: 0.1,
  sexual_offence: 0.08,
}

/** Arrests, and everybody who saw the detainee in custody: custody_visits, and the involvement as detainee. */
export const detain = (world: World): void => {
  const random = world.random('custody')
  const desk = world.staff.filter(member => member.post === 'custody')
  const interviewers = world.staff.filter(
    member => member.post === 'investigation' && member.role === 'officer',
  )
  for (const incident of world.incidents) {
    const suspect = incident.people.find(({ part }) => part === 'suspect')?.person
    const arrested = incident.attended[0]
    if (
      !suspect ||
      !arrested ||
      suspect.flags.has('under_18') ||
      !random.chance((arrestShare[incident.type] ?? 0) * 2)
    )
      continue
    const from = arrested.left + 25 * minute
    const to = from + Math.round(random.logNormal(11 * hour, 0.4))
    world.package.add('involvements', {
      involvement_id: world.package.key('X'),
      person_id: suspect.id,
      incident_id: incident.id,
      part: 'detainee',
      at: from,
    })
    const risk = random.pickShare({ '1': 0.5, '2': 0.35, '3': 0.1, '4': 0.05 })
    const visit = (at: number, minutes: number, kind: string, team: typeof desk) => {
      const member = onDuty(random, team, at)
      if (member === undefined || at > to) return
      world.package.add('custody_visits', {
        visit_id: world.package.key('CV'),
        person_id: suspect.id,
        staff_id: member.id,
        start_at: at,
        end_at: at + Math.round(minutes * minute),
        kind,
        risk_level: Number(risk),
      })
      member.dealings.push({
        person: suspect,
        from: at,
        to: at + 2 * hour,
        kind: 'custody',
        reference: incident.id,
        incident,
        investigation: undefined,
        weight: 0.02,
      })
    }
    for (let at = from + 10 * minute; at < to; at += random.whole(45, 75) * minute)
      visit(at, random.between(1, 3), 'cell_check', desk)
    if (random.chance(0.35))
      visit(from + random.whole(20, 60) * minute, random.between(4, 12), 'drug_test', desk)
    if (random.chance(0.5)) visit(from + random.whole(1, 6) * hour, random.between(4, 15), 'welfare', desk)
    if (random.chance(0.7))
      visit(from + random.whole(2, 9) * hour, random.between(15, 60), 'interview', interviewers)
    if (risk === '4') visit(from + hour, random.between(60, 200), 'constant_observation', desk)
  }
}
