import type { Random } from './random.ts'
import type { TextKind } from './texts.ts'
import type { Member, Person, World } from './world.ts'

/** A number of the national plan as people write it: `07190 000053`, `07190 000 053` or with the country code. */
const asWritten = (random: Random, number: string): string => {
  const [area, rest] = [number.slice(3, 7), number.slice(7)]
  return random.pick([
    `0${area} ${rest}`,
    `0${area}${rest}`,
    `0${area} ${rest.slice(0, 3)} ${rest.slice(3)}`,
    `+44 ${area} ${rest}`,
  ])
}

/** Sends a text that gives the member of staff's own number, where the force captures what the mobile sends. */
export const sendOwnNumber = (
  world: World,
  random: Random,
  sent: { readonly member: Member; readonly person: Person; readonly at: number; readonly kind: TextKind },
): void => {
  const { member, person, at, kind } = sent
  if (!member.captured) return
  world.traffic.carry({
    device: member.mobile,
    other: person.number,
    direction: 'out',
    kind: 'sms',
    at,
    text: world
      .texts(random, kind)
      .replaceAll('{own}', asWritten(random, member.personalNumber))
      .replaceAll('{work}', asWritten(random, member.mobile)),
  })
}
