import type { Random } from './random.ts'
import type { TextKind } from './texts.ts'
import type { Member, Person, World } from './world.ts'

export type Chat = {
  readonly member: Member
  readonly person: Person
  /** When it begins. */
  readonly at: number
  /** Messages, each side in turn. */
  readonly turns: number
  /** How fast each answers: the median, in seconds. */
  readonly replySeconds: number
  readonly own: () => TextKind
  readonly answers: TextKind
}

/** A written conversation in which both answer at once, on the issued mobile. Says when it ended. */
export const writeChat = (world: World, random: Random, chat: Chat): number => {
  const { member, person, turns, replySeconds, own, answers } = chat
  let at = chat.at
  let out = random.chance(0.5)
  for (let turn = 0; turn < turns; turn++) {
    world.traffic.carry({
      device: member.mobile,
      other: person.number,
      direction: out ? 'out' : 'in',
      kind: 'sms',
      at,
      text: member.captured ? world.texts(random, out ? own() : answers) : undefined,
    })
    at += Math.max(8, Math.round(random.logNormal(replySeconds, 0.5)))
    out = !out
  }
  return at
}
