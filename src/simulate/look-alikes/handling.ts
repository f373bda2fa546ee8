import { callAtHome, ringEachOther, writeThread } from '../conduct.ts'
import { logAsUsual } from '../contact-log.ts'
import { assign } from '../investigations.ts'
import { somebody, spanOf, type LookAlike } from './look-alike.ts'

/** Those whose contact is meant to be private, unannounced or at odd hours. */
export const handlingRoles: readonly LookAlike[] = [
  {
    name: 'offender_manager_unannounced',
    posts: ['offender_management'],
    each: 3,
    live: (world, random, member) => {
      for (let case_ = 0; case_ < 5; case_++) {
        const person = somebody(world, random)
        const { from, to } = spanOf(world, random, 110)
        const dealing = assign(world, {
          member,
          person,
          part: 'offender_manager',
          purpose: 'unannounced home visits',
          from,
          to,
          open: true,
          weight: 1,
        })
        for (const { from: at } of callAtHome(world, random, {
          member,
          person,
          from,
          to,
          times: 6,
          minutes: () => random.logNormal(25, 0.5),
        }))
          logAsUsual(world, random, { member, person, at, medium: 'visit', dealing })
      }
      return true
    },
  },
  {
    name: 'source_handler',
    posts: ['source_handling'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      const person = somebody(world, random)
      const { from, to } = spanOf(world, random, 110)
      assign(world, {
        member,
        person,
        part: 'source_handler',
        purpose: 'authorised source',
        from,
        to,
        open: true,
        weight: 1,
      })
      writeThread(world, random, {
        member,
        person,
        from,
        to,
        perDay: 2.5,
        outward: 0.5,
        own: () => 'colleague',
        answers: 'victim_to_offender',
      })
      ringEachOther(world, random, {
        member,
        person,
        from,
        to,
        perDay: 0.6,
        outward: 0.5,
        seconds: () => random.logNormal(90, 1),
      })
      return true
    },
  },
  {
    name: 'covert_officer',
    posts: ['covert'],
    each: 2,
    live: (world, random, member) => {
      if (member.mobile === '') return false
      for (let contact = 0; contact < 3; contact++) {
        const person = somebody(world, random)
        const { from, to } = spanOf(world, random, 80)
        writeThread(world, random, {
          member,
          person,
          from,
          to,
          perDay: 1.5,
          outward: 0.5,
          own: () => 'colleague',
          answers: 'victim_to_offender',
        })
      }
      return true
    },
  },
  {
    name: 'federation_or_welfare_representative',
    posts: ['welfare'],
    each: 2,
    live: (world, random, member) => {
      // Long talks with colleagues on their own numbers, at all hours.
      for (const colleague of random.sample(world.staff, 10)) {
        const { from } = spanOf(world, random, 40)
        const calls = random.whole(4, 12)
        for (let call = 0; call < calls; call++)
          world.traffic.carry({
            device: member.mobile,
            other: colleague.personalNumber,
            direction: random.chance(0.5) ? 'out' : 'in',
            kind: 'voice',
            at: from + random.whole(0, 40 * 86_400),
            seconds: random.logNormal(900, 0.6),
          })
      }
      return member.mobile !== ''
    },
  },
]
