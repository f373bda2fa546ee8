import { latitude, longitude } from './area.ts'
import { forPost } from './force-settings.ts'
import type { Random } from './random.ts'
import { daySeconds, hour } from './time.ts'
import type { Dealing, Incident, Member, Person, Shift, World } from './world.ts'

type Reason = { readonly reference: string; readonly reason: string }

/** Writes one look-up of a person, through one of the things that lead to them. */
export const lookUp = (
  world: World,
  random: Random,
  view: { member: Member; person: Person; at: number; incident?: string; investigation?: string } & Reason,
): void => {
  const { member, person, at, incident, investigation, reference, reason } = view
  const kind = random.pickShare({
    person: 0.62,
    incident: incident === undefined ? 0 : 0.16,
    investigation: investigation === undefined ? 0 : 0.18,
    address: 0.05,
    number: person.number === '' ? 0 : 0.03,
  })
  const subjects = {
    person: person.id,
    incident,
    investigation,
    address: `${latitude(person.home).toFixed(5)} ${longitude(person.home).toFixed(5)}`,
    number: person.number,
  }
  const action = random.pickShare({ search: 0.25, view: 0.66, image_view: 0.02, edit: 0.05, print: 0.02 })
  writeView(world, random, { member, at, kind, subject: subjects[kind], action, reference, reason })
}

const writeView = (
  world: World,
  random: Random,
  view: { member: Member; at: number; kind: string; subject: string | undefined; action: string } & Reason,
): void => {
  const { member, at, kind, subject, action, reference, reason } = view
  world.package.add('system_access', {
    access_id: world.package.key('A'),
    staff_id: member.id,
    at: Math.floor(at),
    system:
      kind === 'incident'
        ? 'Command log'
        : random.pickShare({ Records: 0.82, 'National computer': 0.13, Custody: 0.05 }),
    action,
    subject_kind: kind,
    subject_id: subject,
    reference: reference === '' ? undefined : reference,
    reason: reason === '' ? undefined : reason,
    remote: random.chance(0.94) ? random.chance(0.35) : undefined,
  })
}

const reasons = [
  'crime enquiry',
  'prior to attending',
  'file',
  'statement',
  'address check',
  'update',
  'risk assessment',
  'briefing',
]
/** What people type when they type anything. */
const usualReason = (random: Random): string => (random.chance(0.55) ? random.pick(reasons) : '')

/** Everybody's use of the records systems: nearly all of it about their own work, a small residue that no record explains. */
export const useRecords = (world: World): void => {
  const random = world.random('look-ups')
  for (const member of world.staff) {
    const perShift =
      forPost(world.settings.look_ups.per_shift, member.post) *
      (member.lookAlike === 'over_researching_probationer' ? 2.6 : 1)
    for (const shift of member.shifts) {
      if (shift.end <= world.start) continue
      for (
        let left = random.negativeBinomial(perShift, 2);
        left > 0;
        left -= work(world, random, member, shift, left)
      );
    }
    lookAtOwnCircle(world, random, member)
  }
}

/** One sitting at the screen: several views about the same matter. Says how many. */
const work = (world: World, random: Random, member: Member, shift: Shift, left: number): number => {
  const {
    unexplained_share: unexplained,
    quoted_share: quoted,
    off_roster_share: off,
  } = world.settings.look_ups
  const views = Math.min(left, random.whole(1, 6))
  const at = random.chance(off)
    ? shift.end + random.whole(hour, 12 * hour)
    : random.whole(shift.start, shift.end - 600)
  if (random.chance(unexplained)) {
    const person = random.pick(world.people)
    for (let view = 0; view < Math.min(views, 2); view++)
      lookUp(world, random, {
        member,
        person,
        at: at + view * 40,
        reference: '',
        reason: usualReason(random),
      })
    return Math.min(views, 2)
  }
  if (member.post === 'intelligence' && random.chance(0.12)) {
    const subject = `${random.pick(['burglary', 'vehicle crime', 'drugs', 'knife'])} last 28 days`
    writeView(world, random, {
      member,
      at,
      kind: 'criteria',
      subject,
      action: random.pick(['search', 'export']),
      reference: '',
      reason: 'analysis',
    })
    return 1
  }
  const dealing = ownDealing(random, member, at)
  if (dealing) {
    const quotes = random.chance(quoted)
    for (let view = 0; view < views; view++) {
      const about =
        view % 3 === 2
          ? (dealing.incident?.people[view % dealing.incident.people.length]?.person ?? dealing.person)
          : dealing.person
      lookUp(world, random, {
        member,
        person: about,
        at: at + view * random.whole(15, 120),
        ...(dealing.incident ? { incident: dealing.incident.id } : {}),
        ...(dealing.investigation ? { investigation: dealing.investigation.id } : {}),
        reference: quotes ? dealing.reference : '',
        reason: usualReason(random),
      })
    }
    return views
  }
  const incident = recentIncident(
    world,
    random,
    at,
    member.post === 'control_room' ? 8 * hour : 20 * daySeconds,
  )
  if (incident === undefined) return views
  for (let view = 0; view < views; view++)
    lookUp(world, random, {
      member,
      person: (incident.people[view % incident.people.length] ?? random.pick(incident.people)).person,
      at: at + view * random.whole(10, 90),
      incident: incident.id,
      // Those who work for others have only the number to show for it, and leave it out now and then.
      reference: random.chance(0.97) ? incident.id : '',
      reason: usualReason(random),
    })
  return views
}

const ownDealing = (random: Random, member: Member, at: number): Dealing | undefined => {
  if (member.post === 'control_room' || member.post === 'intelligence') return undefined
  const active = member.dealings.filter(({ from, to }) => from - hour <= at && at <= to + 6 * hour)
  return active.length > 0 ? random.pick(active) : undefined
}

/** An incident opened in the last `within` seconds, by halving the list, which is in order. */
const recentIncident = (world: World, random: Random, at: number, within: number): Incident | undefined => {
  const first = firstAfter(world.incidents, at - within)
  const last = firstAfter(world.incidents, at)
  return last > first ? world.incidents[random.whole(first, last - 1)] : undefined
}

const firstAfter = (incidents: readonly Incident[], moment: number): number => {
  let [low, high] = [0, incidents.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((incidents[middle]?.openedAt ?? Infinity) <= moment) low = middle + 1
    else high = middle
  }
  return low
}

/** Oneself, a neighbour, somebody in the news: rare, wrong, and not this. */
const lookAtOwnCircle = (world: World, random: Random, member: Member): void => {
  const months = (world.end - world.start) / (30 * daySeconds)
  if (!random.chance(world.settings.look_ups.own_circle_per_staff_month * months)) return
  const near = world.people.filter(person => person.home.town === member.home.town)
  const person = random.pick(near)
  const at = world.start + random.next() * (world.end - world.start)
  for (let view = random.whole(1, 4); view > 0; view--)
    lookUp(world, random, { member, person, at: at + view * 50, reference: '', reason: '' })
}
