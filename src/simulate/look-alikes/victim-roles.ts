import { callAtHome, ringEachOther, writeThread } from '../conduct.ts'
import { logAsUsual, logContact } from '../contact-log.ts'
import { assign } from '../investigations.ts'
import { flag } from '../public.ts'
import { dayOfMoment, daySeconds } from '../time.ts'
import { somebody, spanOf, type LookAlike } from './look-alike.ts'

/** Those whose job is to stay close to a victim or a family. */
export const victimRoles: readonly LookAlike[] = [
  {
    name: 'family_liaison_officer',
    posts: ['family_liaison', 'investigation'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      const person = somebody(world, random)
      const { from, to } = spanOf(world, random, 100)
      flag(world, person, 'bereaved', dayOfMoment(from))
      const dealing = assign(world, {
        member,
        person,
        part: 'family_liaison',
        purpose: 'homicide, family of the deceased',
        from,
        to: to + 60 * daySeconds,
        weight: 2,
      })
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: random.between(7, 11),
        outward: 0.5,
        own: () => 'family_liaison',
        answers: 'family',
      })
      for (const at of ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 0.8,
        outward: 0.5,
        seconds: () => random.logNormal(400, 1),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'voice', dealing })
      for (const { from: at } of callAtHome(world, random, {
        member,
        person,
        from,
        to,
        times: 20,
        minutes: () => random.logNormal(70, 0.5),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'visit', dealing })
      return true
    },
  },
  {
    name: 'soit_through_trial',
    posts: ['soit'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      const person = somebody(world, random)
      const from = world.opening + random.whole(0, 30) * daySeconds
      const to = world.end
      flag(world, person, 'sexual_offence_victim', dayOfMoment(from) - 200)
      const dealing = assign(world, {
        member,
        person,
        part: 'soit',
        purpose: 'specially trained officer through to trial',
        from: from - 200 * daySeconds,
        to,
        open: true,
        weight: 1.5,
      })
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: random.between(1.2, 3),
        outward: 0.52,
        own: () => 'staff',
        answers: 'public',
      })
      for (const at of ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 0.25,
        outward: 0.6,
        seconds: () => random.logNormal(600, 0.8),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'voice', dealing })
      for (const { from: at } of callAtHome(world, random, {
        member,
        person,
        from,
        to,
        times: 9,
        minutes: () => random.logNormal(60, 0.4),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'visit', dealing })
      return true
    },
  },
  {
    name: 'safeguarding_daily_calls',
    posts: ['safeguarding', 'public_protection'],
    each: 3,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      const person = somebody(world, random, member.town)
      const { from, to } = spanOf(world, random, 15)
      flag(world, person, 'domestic_abuse_victim', dayOfMoment(from))
      const dealing = assign(world, {
        member,
        person,
        part: 'safeguarding',
        purpose: 'high-risk domestic abuse, daily safety call',
        from,
        to: to + 10 * daySeconds,
        weight: 1.5,
      })
      for (const at of ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 1.3,
        outward: 0.85,
        seconds: () => random.logNormal(300, 0.8),
      }))
        logContact(world, random, { member, person, at, medium: 'voice', dealing })
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: 3,
        outward: 0.55,
        own: () => 'staff',
        answers: 'public',
      })
      callAtHome(world, random, {
        member,
        person,
        from,
        to,
        times: 4,
        minutes: () => random.logNormal(45, 0.4),
      })
      return true
    },
  },
  {
    name: 'missing_from_home_liaison',
    posts: ['public_protection', 'neighbourhood'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      const person = random.pick(
        world.people.filter(other => other.flags.has('under_18') && other.number !== ''),
      )
      const { from, to } = spanOf(world, random, 60)
      flag(world, person, 'missing', dayOfMoment(from))
      const dealing = assign(world, {
        member,
        person,
        part: 'missing_liaison',
        purpose: 'often missing from care',
        from,
        to: to + 30 * daySeconds,
        weight: 1.5,
      })
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: 1.5,
        outward: 0.6,
        own: () => 'staff',
        answers: 'public',
      })
      for (const { from: at } of callAtHome(world, random, {
        member,
        person,
        from,
        to,
        times: 12,
        minutes: () => random.logNormal(30, 0.5),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'visit', dealing })
      return true
    },
  },
  {
    name: 'closed_case_with_property_and_court_tail',
    posts: ['investigation', 'response', 'public_protection'],
    each: 4,
    live: (world, random, member) => {
      const dealing = member.dealings.find(
        ({ kind, to, person, investigation }) =>
          kind === 'allocation' &&
          person.number !== '' &&
          investigation?.closure === 'charged' &&
          to > world.start &&
          to < world.end - 25 * daySeconds,
      )
      if (dealing === undefined || member.mobile === '') return false
      const from = dealing.to + 3 * daySeconds
      const to = Math.min(world.end, from + 45 * daySeconds)
      writeThread(world, random, {
        member,
        person: dealing.person,
        from,
        to,
        perDay: 0.5,
        outward: 0.4,
        own: () => 'staff',
        answers: 'public',
      })
      for (const at of ringEachOther(world, random, {
        member,
        person: dealing.person,
        from,
        to,
        perDay: 0.12,
        outward: 0.4,
        seconds: () => random.logNormal(120, 0.9),
      }))
        logAsUsual(world, random, { member, person: dealing.person, at, medium: 'voice', dealing })
      return true
    },
  },
]
