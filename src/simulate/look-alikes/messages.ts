import { writeChat } from '../chats.ts'
import { logContact } from '../contact-log.ts'
import { sendOwnNumber } from '../own-number.ts'
import { momentOnDuty } from '../roster.ts'
import { daySeconds, hour, minute } from '../time.ts'
import { dealingOf, type LookAlike } from './look-alike.ts'

/** Those who write like an offender for a reason of their work. */
export const messageRoles: readonly LookAlike[] = [
  {
    name: 'own_number_while_on_call',
    posts: ['neighbourhood', 'safeguarding', 'public_protection'],
    each: 1,
    live: (world, random, member) => {
      // The station shuts at night: people are told of both numbers.
      const people = member.dealings.filter(
        ({ from, person }) => from > world.start && from < world.end - 4 * daySeconds && person.number !== '',
      )
      if (member.mobile === '' || !member.captured || people.length < 3) return false
      for (const { person, from } of random.sample(people, 6)) {
        const at = momentOnDuty(random, member, from + hour, from + 4 * daySeconds)
        if (at !== undefined) sendOwnNumber(world, random, { member, person, at, kind: 'contact_card' })
      }
      return true
    },
  },
  {
    name: 'witness_finding_the_way',
    posts: ['investigation', 'response'],
    each: 2,
    live: (world, random, member) => {
      const dealing = member.mobile === '' ? undefined : dealingOf(world, random, member, undefined)
      if (!dealing) return false
      // Six meetings to go through film and photographs, each found by text and written up.
      for (let meeting = 0; meeting < 6; meeting++) {
        const at = momentOnDuty(random, member, dealing.from, dealing.from + 28 * daySeconds)
        if (at === undefined) continue
        const met = writeChat(world, random, {
          member,
          person: dealing.person,
          at,
          turns: random.whole(8, 13),
          replySeconds: random.between(30, 80),
          own: () => 'staff',
          answers: 'public',
        })
        logContact(world, random, {
          member,
          person: dealing.person,
          at: met + random.whole(5, 40) * minute,
          medium: 'visit',
          dealing,
        })
      }
      return true
    },
  },
]
