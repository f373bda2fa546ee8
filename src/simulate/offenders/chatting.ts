import { writeChat } from '../chats.ts'
import { sendOwnNumber } from '../own-number.ts'
import { wakingMoment } from '../roster.ts'
import { daySeconds, hour } from '../time.ts'
import type { Member, Person, World } from '../world.ts'

/** Sits down to write with the person several times a week, each answering at once. Says when each sitting began. */
export const sitAndChat = (
  world: World,
  span: { readonly member: Member; readonly person: Person; readonly from: number; readonly to: number },
): number[] => {
  const { member, person, from, to } = span
  const moments: number[] = []
  const random = world.random(`chats of ${member.id} with ${person.id}`)
  if (!random.chance(world.settings.offenders.chats_share)) return moments
  for (let left = random.poisson((2.5 * (to - from)) / (7 * daySeconds)); left > 0; left--) {
    const at = wakingMoment(random, random.between(from, to))
    if (at <= from || at >= to - hour) continue
    moments.push(at)
    writeChat(world, random, {
      member,
      person,
      at,
      turns: random.whole(9, 26),
      replySeconds: random.between(30, 75),
      own: () => (random.chance(0.4) ? 'staff' : 'early_improper'),
      answers: 'victim_to_offender',
    })
  }
  return moments
}

/** Gives the person their own number on the work phone, on the day the talk moves there. */
export const giveOwnNumber = (world: World, member: Member, person: Person, movedAt: number): void => {
  const random = world.random(`own number of ${member.id} to ${person.id}`)
  if (!random.chance(world.settings.offenders.own_number_share)) return
  sendOwnNumber(world, random, {
    member,
    person,
    at: Math.floor(movedAt - random.between(0.2, 3) * hour),
    kind: 'own_number',
  })
}
