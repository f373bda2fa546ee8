import { logAsUsual } from './contact-log.ts'
import type { SharedLines } from './devices.ts'
import { forPost } from './force-settings.ts'
import type { Random } from './random.ts'
import { momentOnDuty } from './roster.ts'
import { withKiss, type TextKind } from './texts.ts'
import { daySeconds, hour } from './time.ts'
import type { Dealing, Member, Person, Shift, World } from './world.ts'

/** Organisations the police ring: the range for drama and the Ofcom area code that belongs to no place. */
const organisation = (random: Random): string =>
  `+441632960${String(Math.floor(random.next() ** 4 * 40)).padStart(3, '0')}`

/** Everybody's ordinary calls and messages on issued devices, with ordinary writing up. */
export const makeContacts = (world: World, lines: SharedLines): void => {
  const random = world.random('contacts')
  for (const member of world.staff) {
    for (const shift of member.shifts)
      if (shift.end > world.start) spendShift(world, random, member, shift, lines)
    for (const dealing of member.dealings)
      if (dealing.kind === 'allocation') tailOff(world, random, member, dealing)
  }
  answerControlRoom(world, random, lines)
}

const spendShift = (world: World, random: Random, member: Member, shift: Shift, lines: SharedLines): void => {
  const { phones } = world.settings
  const mobile = member.mobile !== ''
  const device = mobile ? member.mobile : lines.ofTeam(member.team)
  const scale = mobile ? 1 : 0.5
  const calls = random.negativeBinomial(forPost(phones.voice_per_shift, member.post) * scale, 2)
  const texts = mobile ? random.negativeBinomial(forPost(phones.sms_per_shift, member.post), 2) : 0
  const active = member.dealings.filter(
    ({ from, to }) => from < shift.end && to + 2 * daySeconds > shift.start,
  )
  const total = active.reduce((sum, { weight }) => sum + weight, 0)
  const partner = (): Dealing | undefined => {
    let left = random.next() * total
    return active.find(({ weight }) => (left -= weight) < 0)
  }
  const off =
    member.post === 'investigation' ? phones.off_roster_share.investigation : phones.off_roster_share.any
  const moment = (): number =>
    random.chance(off)
      ? shift.end + random.whole(hour, 9 * hour)
      : random.whole(shift.start + 300, shift.end - 60)
  for (let call = 0; call < calls; call++) {
    const to = random.pickShare({
      public: 0.5,
      organisation: 0.27,
      colleague: 0.14,
      once: 0.06,
      family: 0.03,
    })
    const dealing = to === 'public' ? partner() : undefined
    const other = dealing ? dealing.person.number : numberOf(world, random, member, to)
    const outward = random.chance(0.62)
    const at = moment()
    const answered = random.chance(0.68)
    world.traffic.carry({
      device,
      other,
      direction: outward ? 'out' : 'in',
      kind: 'voice',
      at,
      seconds: answered ? random.logNormal(110, 1) : random.whole(0, 24),
    })
    if (dealing && other !== '' && answered)
      logAsUsual(world, random, { member, person: dealing.person, at, medium: 'voice', dealing })
  }
  for (let sent = 0; sent < texts;) {
    const to = random.pickShare({ public: 0.72, organisation: 0.06, colleague: 0.17, family: 0.05 })
    const dealing = to === 'public' ? partner() : undefined
    const other = dealing ? dealing.person.number : numberOf(world, random, member, to)
    sent += converse(world, random, member, other, moment(), dealing ? 'staff' : 'colleague', dealing)
    if (dealing && other !== '')
      logAsUsual(world, random, {
        member,
        person: dealing.person,
        at: shift.start + hour,
        medium: 'sms',
        dealing,
      })
  }
  if (random.chance(mobile ? 0.5 : 0.2))
    sendMail(world, random, member, partner(), random.whole(shift.start, shift.end))
}

/** A text and the replies it draws, minutes apart. Says how many messages there were. */
const converse = (
  world: World,
  random: Random,
  member: Member,
  other: string,
  at: number,
  kind: TextKind,
  dealing: Dealing | undefined,
): number => {
  let outward = random.chance(0.6)
  let sent = 0
  for (let moment = at; sent < 12; moment += Math.round(random.logNormal(240, 1.1))) {
    const own = outward
      ? kind
      : kind === 'colleague'
        ? 'colleague'
        : random.chance(0.09)
          ? 'public_kiss'
          : 'public'
    const plain = world.texts(random, own, dealing?.reference)
    // A kiss slips into a work text now and then, mostly in answer to one.
    const text =
      outward && kind === 'staff' && random.chance(world.settings.phones.kiss_share)
        ? withKiss(random, plain)
        : plain
    world.traffic.carry({
      device: member.mobile,
      other,
      direction: outward ? 'out' : 'in',
      kind: random.chance(0.02) ? 'mms' : 'sms',
      at: moment,
      text: member.captured ? text : undefined,
    })
    sent++
    if (!random.chance(0.45)) return sent
    outward = random.chance(0.85) ? !outward : outward
  }
  return sent
}

const numberOf = (world: World, random: Random, member: Member, to: string): string => {
  // With nobody of their own to ring, they ring an organisation.
  if (to === 'organisation' || to === 'public') return organisation(random)
  if (to === 'colleague') return random.pick(world.staff).mobile
  if (to === 'family')
    return `+44718${String(1_000_000 + ((Number(member.id.replace(/\D/g, '')) * 31 + random.whole(0, 2)) % 999_983))}`
  return `+44719${String(random.whole(1_000_000, 9_999_999))}`
}

/** A little traffic after a case has closed: property, a court date, somebody who rings back. */
const tailOff = (world: World, random: Random, member: Member, { person, to, reference }: Dealing): void => {
  if (to + 7 * daySeconds > world.end || !random.chance(world.settings.phones.after_closure_share)) return
  const from = to + 7 * daySeconds
  for (let events = random.whole(1, 2); events > 0; events--) {
    const at = momentOnDuty(random, member, from, from + 50 * daySeconds)
    if (at === undefined) return
    const inward = random.chance(0.7)
    if (random.chance(0.5))
      world.traffic.carry({
        device: member.mobile,
        other: person.number,
        direction: inward ? 'in' : 'out',
        kind: 'voice',
        at,
        seconds: random.logNormal(90, 1),
      })
    else
      world.traffic.carry({
        device: member.mobile,
        other: person.number,
        direction: inward ? 'in' : 'out',
        kind: 'sms',
        at,
        text: member.captured ? world.texts(random, inward ? 'public' : 'staff', reference) : undefined,
      })
  }
}

const sendMail = (
  world: World,
  random: Random,
  member: Member,
  dealing: Dealing | undefined,
  at: number,
): void => {
  const person: Person | undefined = dealing?.person
  const toPublic = person !== undefined && person.email !== '' && random.chance(0.5)
  world.package.add('messages', {
    message_id: world.package.key('M'),
    device_address: member.email,
    other_address: toPublic ? person.email : `desk${String(random.whole(1, 30))}@agency.example`,
    direction: random.chance(0.6) ? 'out' : 'in',
    channel: random.chance(toPublic ? 1 : 0.7) ? 'email' : 'teams',
    at,
    text: world.texts(random, toPublic ? 'staff' : 'partner_agency', dealing?.reference),
  })
  if (toPublic) logAsUsual(world, random, { member, person, at, medium: 'email', dealing })
}

/** Calls to the control room come in on its recorded line; a few are transcribed. */
const answerControlRoom = (world: World, random: Random, lines: SharedLines): void => {
  for (const { openedAt, people, id } of world.incidents) {
    const caller = people.find(({ part }) => part === 'caller') ?? people[0]
    if (caller === undefined || !random.chance(0.7)) continue
    world.traffic.carry({
      device: lines.control,
      other: caller.person.number,
      direction: 'in',
      kind: 'voice',
      at: openedAt - random.whole(20, 200),
      seconds: random.logNormal(210, 0.7),
      text: random.chance(0.1) ? world.texts(random, 'public', id) : undefined,
    })
  }
}
