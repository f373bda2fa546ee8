import { callAtHome, ringEachOther, writeThread } from '../conduct.ts'
import { metres, type Place } from '../area.ts'
import { logAsUsual, logContact } from '../contact-log.ts'
import { assign } from '../investigations.ts'
import { flag } from '../public.ts'
import { shiftAt } from '../roster.ts'
import { dayOfMoment, daySeconds } from '../time.ts'
import { dealingOf, somebody, spanOf, type LookAlike } from './look-alike.ts'

/** Those who know their community, and whom it knows. */
export const communityRoles: readonly LookAlike[] = [
  {
    name: 'pcso_with_a_daily_caller',
    posts: ['neighbourhood'],
    each: 4,
    live: (world, random, member) => {
      const person = somebody(world, random, member.town)
      const { from, to } = spanOf(world, random, 110)
      flag(world, person, 'mental_health', dayOfMoment(from))
      for (let plan = from; plan < to; plan += 28 * daySeconds)
        assign(world, {
          member,
          person,
          part: 'engagement_plan',
          purpose: 'rings daily; agreed visits',
          from: plan,
          to: plan + 28 * daySeconds,
          weight: 1.2,
        })
      for (const { from: at } of callAtHome(world, random, {
        member,
        person,
        from,
        to,
        times: 45,
        minutes: () => random.logNormal(22, 0.4),
      }))
        logAsUsual(world, random, { member, person, at, medium: 'visit' })
      ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 0.9,
        outward: 0.15,
        seconds: () => random.logNormal(200, 0.9),
      })
      return true
    },
  },
  {
    name: 'warm_texter',
    posts: ['neighbourhood'],
    each: 2,
    live: (world, random, member) => {
      if (member.male || member.mobile === '') return false
      for (let resident = 0; resident < 6; resident++) {
        const person = random.pick(
          world.people.filter(
            other => other.birthYear < 1955 && other.number !== '' && other.home.town === member.town,
          ),
        )
        const { from, to } = spanOf(world, random, 90)
        assign(world, {
          member,
          person,
          part: 'engagement_plan',
          purpose: 'older resident living alone',
          from,
          to: from + 28 * daySeconds,
          weight: 0.6,
        })
        writeThread(world, random, {
          member,
          person,
          from,
          to,
          perDay: 0.25,
          outward: 0.5,
          own: () => 'warm',
          answers: 'public_kiss',
          when: at => shiftAt(member, at) !== undefined,
        })
        callAtHome(world, random, {
          member,
          person,
          from,
          to,
          times: 3,
          minutes: () => random.logNormal(18, 0.3),
        })
      }
      return true
    },
  },
  {
    name: 'schools_officer',
    posts: ['schools'],
    each: 3,
    live: (world, random, member) => {
      const pupils = world.people.filter(
        other => other.flags.has('under_18') && other.home.town === member.town && other.number !== '',
      )
      for (const person of random.sample(pupils, 8)) {
        const { from, to } = spanOf(world, random, 100)
        assign(world, {
          member,
          person,
          part: 'schools',
          purpose: 'mentoring agreed with the school',
          from,
          to,
          weight: 0.8,
        })
        writeThread(world, random, {
          member,
          person,
          from,
          to,
          perDay: 0.3,
          outward: 0.5,
          own: () => 'staff',
          answers: 'public',
        })
      }
      return true
    },
  },
  {
    name: 'victim_who_bombards',
    posts: ['investigation', 'response', 'public_protection', 'safeguarding', 'neighbourhood'],
    each: 5,
    live: (world, random, member) => {
      const dealing = dealingOf(world, random, member, 'allocation')
      if (dealing === undefined || member.mobile === '') return false
      const { person, from } = dealing
      const to = Math.min(world.end, from + 30 * daySeconds)
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: 11,
        outward: 0.04,
        own: () => 'staff',
        answers: 'public',
      })
      ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 0.8,
        outward: 0.1,
        seconds: () => random.logNormal(60, 1.2),
      })
      return true
    },
  },
  {
    name: 'neighbour_of_a_victim',
    posts: ['response', 'neighbourhood', 'roads', 'firearms'],
    each: 4,
    live: (world, random, member) => {
      // The member goes home for a meal in the car, and somebody they have had to do with lives a few doors away.
      const near = (home: Place, within: number) => metres(home, member.home) < within
      const met = member.dealings.some(({ person }) => near(person.home, 400))
      const neighbour = world.people.find(({ home }) => near(home, 200))
      const turn = member.shifts.find(({ start }) => start > world.start)
      if (turn === undefined || (!met && neighbour === undefined)) return false
      if (!met && neighbour)
        logContact(world, random, { member, person: neighbour, at: turn.start + 7_200, medium: 'visit' })
      const { from, to } = spanOf(world, random, 110)
      callAtHome(world, random, {
        member,
        person: { ...somebody(world, random), home: member.home },
        from,
        to,
        times: 16,
        minutes: () => random.between(15, 40),
      })
      return true
    },
  },
]
