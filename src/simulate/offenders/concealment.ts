import { kerbOf } from '../visits.ts'
import type { Random } from '../random.ts'
import { takeOut } from '../take-home.ts'
import { hour } from '../time.ts'
import type { Member, Person, Visit, World } from '../world.ts'

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

/** Reports sick, and the car kept at home is seen in the person's street. */
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
  if (sick)
    takeOut(world, random, member, kerbOf(random, person.home), sick.from + random.whole(10, 20) * hour)
}
