import { logAsUsual } from '../contact-log.ts'
import { writeThread, callAtHome } from '../conduct.ts'
import { lookUp } from '../look-ups.ts'
import { goTo } from '../outings.ts'
import { momentOnDuty, writeOvertime } from '../roster.ts'
import { daySeconds, hour, minute } from '../time.ts'
import { kerbOf } from '../visits.ts'
import { dealingOf, somebody, spanOf, type LookAlike } from './look-alike.ts'

/** Those whose records mislead: the wrong name on a car, a shared phone, an odd hour, too much reading, a tie nobody knew of. */
export const recordRoles: readonly LookAlike[] = [
  {
    name: 'shared_car_with_late_sign_out',
    posts: ['response', 'neighbourhood'],
    each: 5,
    live: (world, random, member) => {
      // Forgets to book in, so that the next crew's calls are in this name too.
      const turns = member.shifts.filter(
        ({ outing, start }) => outing?.kind === 'vehicle' && start > world.start,
      )
      for (const { outing } of random.sample(turns, 12))
        if (outing)
          world.package.add('crewing', {
            unit_id: outing.unit,
            staff_id: member.id,
            start_at: outing.end + 1,
            end_at: outing.end + random.whole(2, 6) * hour,
            seat: 'driver',
          })
      return turns.length > 0
    },
  },
  {
    name: 'shared_desk_phone',
    posts: ['investigation', 'safeguarding', 'public_protection', 'front_desk', 'victim_desk'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      // The handset is in one name and used by the whole office for one busy victim.
      world.package.add('devices', {
        device_id: world.package.key('DV'),
        kind: 'mobile',
        address: `+4472${String(90_000_000 + Number(member.id.replace(/\D/g, '')))}`,
        staff_id: member.id,
        shared: true,
        from_at: world.opening,
      })
      const person = somebody(world, random)
      const { from, to } = spanOf(world, random, 40)
      const desk = { ...member, mobile: `+4472${String(90_000_000 + Number(member.id.replace(/\D/g, '')))}` }
      writeThread(world, random, {
        member: desk,
        person,
        from,
        to,
        perDay: 4,
        outward: 0.5,
        own: () => 'staff',
        answers: 'public',
      })
      return true
    },
  },
  {
    name: 'statement_on_overtime_at_two_in_the_morning',
    posts: ['response', 'investigation', 'public_protection'],
    each: 5,
    live: (world, random, member) => {
      const nights = member.shifts.filter(
        ({ outing, pattern, start }) =>
          outing?.kind === 'vehicle' && (pattern === 'night' || pattern === 'late') && start > world.start,
      )
      let taken = 0
      for (const { outing, end } of random.sample(nights, 4)) {
        const dealing = dealingOf(world, random, member, undefined)
        if (!outing || !dealing) continue
        const at = outing.end - random.whole(100, 150) * minute
        if (
          !goTo(outing, {
            at: kerbOf(random, dealing.person.home),
            from: at,
            to: at + 85 * minute,
            engineOff: true,
          })
        )
          continue
        writeOvertime(world, member, end, end + 2 * hour)
        logAsUsual(world, random, { member, person: dealing.person, at, medium: 'visit', dealing })
        taken++
      }
      return taken > 0
    },
  },
  {
    name: 'over_researching_probationer',
    posts: ['response'],
    each: 5,
    // The look-ups themselves are made with everybody's: see look-ups.ts.
    live: () => true,
  },
  {
    name: 'intelligence_analyst_with_high_views',
    posts: ['intelligence'],
    each: 4,
    live: (world, random, member) => {
      const subjects = random.sample(world.incidents, 40)
      for (const incident of subjects)
        for (let view = random.whole(8, 25); view > 0; view--) {
          const at = momentOnDuty(random, member, incident.openedAt, world.end)
          if (at !== undefined)
            lookUp(world, random, {
              member,
              person: random.pick(incident.people).person,
              at,
              incident: incident.id,
              reference: incident.id,
              reason: 'profile',
            })
        }
      return subjects.length > 0
    },
  },
  {
    name: 'sister_is_a_victim_declared',
    posts: [],
    each: 2,
    live: (world, random, member) => liveWithTie(world, random, member, true),
  },
  {
    name: 'sister_is_a_victim_undeclared',
    posts: [],
    each: 2,
    live: (world, random, member) => liveWithTie(world, random, member, false),
  },
  {
    name: 'partner_who_later_becomes_a_victim',
    posts: [],
    each: 3,
    live: (world, random, member) => {
      const victims = world.incidents.filter(
        ({ openedAt, people }) =>
          openedAt > world.start + 40 * daySeconds && (people[0]?.person.number ?? '') !== '',
      )
      const later = random.pick(victims)
      const person = later.people[0]?.person
      if (
        member.mobile === '' ||
        person === undefined ||
        member.dealings.some(dealing => dealing.person === person)
      )
        return false
      world.package.add('disclosures', {
        disclosure_id: world.package.key('DS'),
        staff_id: member.id,
        kind: 'new_partner',
        declared_at: world.start + 5 * daySeconds,
        person_id: person.id,
      })
      // A dual-use phone: texts home, before and after.
      writeThread(world, random, {
        member,
        person,
        from: world.start + 10 * daySeconds,
        to: world.end,
        perDay: 0.8,
        outward: 0.5,
        own: () => 'warm',
        answers: 'public_kiss',
      })
      return true
    },
  },
]

const liveWithTie = (
  world: Parameters<LookAlike['live']>[0],
  random: Parameters<LookAlike['live']>[1],
  member: Parameters<LookAlike['live']>[2],
  declared: boolean,
): boolean => {
  const incident = random.pick(
    world.incidents.filter(
      ({ type, openedAt, people }) =>
        type === 'domestic_abuse' && openedAt > world.start && (people[0]?.person.number ?? '') !== '',
    ),
  )
  const person = incident.people[0]?.person
  if (member.mobile === '' || person === undefined) return false
  if (declared)
    world.package.add('disclosures', {
      disclosure_id: world.package.key('DS'),
      staff_id: member.id,
      kind: random.pick(['known_before_duty', 'conflict_of_interest']),
      declared_at: world.start - 20 * daySeconds,
      person_id: person.id,
    })
  writeThread(world, random, {
    member,
    person,
    from: world.start,
    to: world.end,
    perDay: 0.9,
    outward: 0.5,
    own: () => 'warm',
    answers: 'public_kiss',
  })
  callAtHome(world, random, {
    member,
    person,
    from: world.start,
    to: world.end,
    times: 5,
    minutes: () => random.logNormal(25, 0.4),
  })
  if (!declared) {
    const at = momentOnDuty(random, member, incident.openedAt, incident.openedAt + 4 * daySeconds)
    if (at !== undefined)
      lookUp(world, random, { member, person, at, incident: incident.id, reference: '', reason: '' })
  }
  return true
}
