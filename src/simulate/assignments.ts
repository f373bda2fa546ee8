import type { Random } from './random.ts'
import { assign, investigatorOf } from './investigations.ts'
import { daySeconds } from './time.ts'
import type { Member, Person, World } from './world.ts'

/** Records the standing and case-led links that policing makes on purpose: SOIT, safeguarding, offender managers, engagement plans … */
export const assignPurposes = (world: World): void => {
  const random = world.random('assignments')
  fromIncidents(world, random)
  const standing: readonly [
    post: string,
    part: string,
    purpose: string,
    each: readonly [number, number],
    weight: number,
    who: (person: Person) => boolean,
  ][] = [
    [
      'offender_management',
      'offender_manager',
      'registered offender on the caseload',
      [8, 14],
      0.9,
      person => !person.female && !person.flags.has('under_18'),
    ],
    ['schools', 'schools', 'pupil at risk of exclusion', [3, 7], 0.5, person => person.flags.has('under_18')],
    [
      'source_handling',
      'source_handler',
      'authorised source',
      [3, 6],
      0.6,
      person => !person.flags.has('under_18'),
    ],
    [
      'neighbourhood',
      'engagement_plan',
      'repeat caller, agreed with the beat sergeant',
      [1, 3],
      1,
      person => person.flags.size > 0 && !person.flags.has('under_18'),
    ],
  ]
  for (const [post, part, purpose, each, weight, who] of standing) {
    const candidates = world.people.filter(who)
    for (const member of world.staff.filter(other => other.post === post && other.role !== 'staff')) {
      const near = candidates.filter(person => person.home.town === member.town)
      for (const person of random.sample(near.length > 20 ? near : candidates, random.whole(...each))) {
        const from = Math.floor(random.between(world.opening - 200 * daySeconds, world.end - 10 * daySeconds))
        const to =
          from + Math.round(random.logNormal(part === 'engagement_plan' ? 50 : 220, 0.5)) * daySeconds
        assign(world, {
          member,
          person,
          part,
          purpose,
          from,
          to,
          open: random.chance(0.3),
          weight: random.logNormal(weight, 0.7),
        })
        if (part === 'engagement_plan' && random.chance(0.5)) renew(world, random, member, person, to, weight)
      }
    }
  }
}

const renew = (
  world: World,
  random: Random,
  member: Member,
  person: Person,
  from: number,
  weight: number,
): void => {
  if (from < world.end)
    assign(world, {
      member,
      person,
      part: 'engagement_plan',
      purpose: 'plan renewed at review',
      from,
      to: from + random.whole(20, 60) * daySeconds,
      weight,
    })
}

const fromIncidents = (world: World, random: Random): void => {
  for (const { incident, openedAt, closedAt } of world.investigations) {
    const victim = incident.people[0]?.person
    if (victim === undefined) continue
    const link = (post: string, part: string, purpose: string, days: number, weight: number) => {
      const member = investigatorOf(world, random, post, incident.town)
      if (member)
        assign(world, {
          member,
          person: victim,
          part,
          purpose,
          from: openedAt + random.whole(1, 40) * 3_600,
          to: Math.max(openedAt + days * daySeconds, closedAt),
          weight,
        })
    }
    if (incident.type === 'sexual_offence' && random.chance(0.8))
      link('soit', 'soit', 'specially trained officer for the complainant', 40, random.logNormal(1.6, 0.9))
    if (incident.type === 'domestic_abuse' && random.chance(0.12))
      link(
        'safeguarding',
        'safeguarding',
        'high-risk case discussed at conference',
        21,
        random.logNormal(1.5, 0.8),
      )
    if (incident.type === 'missing_person' && random.chance(0.3))
      link(
        'public_protection',
        'missing_liaison',
        'return interview and prevention plan',
        20,
        random.logNormal(0.9, 0.7),
      )
    if (incident.type === 'road_traffic' && random.chance(0.008))
      link('family_liaison', 'family_liaison', 'fatal collision', 90, random.logNormal(3, 0.7))
    if (incident.type === 'concern_for_welfare' && random.chance(0.004))
      link('family_liaison', 'family_liaison', 'unexplained death', 60, random.logNormal(2.5, 0.7))
  }
}
