import { forPost } from './force-settings.ts'
import type { Random } from './random.ts'
import { daySeconds, hour } from './time.ts'
import type { Dealing, Incident, Investigation, Member, Person, World } from './world.ts'

/** Which posts own an investigation of a type; the rest stay with the officer who went. */
const owners: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  domestic_abuse: { public_protection: 0.35, safeguarding: 0.2, response: 0.45 },
  sexual_offence: { public_protection: 0.8, investigation: 0.2 },
  stalking_harassment: { public_protection: 0.4, response: 0.6 },
  missing_person: { public_protection: 0.5, neighbourhood: 0.5 },
  assault: { investigation: 0.45, response: 0.55 },
  burglary: { investigation: 0.75, response: 0.25 },
  drugs: { investigation: 0.5, response: 0.5 },
  antisocial_behaviour: { neighbourhood: 1 },
}
const usualOwner = { investigation: 0.3, response: 0.7 }

/** Records investigations from the incidents, allocates and hands them over, and closes most of them. */
export const investigate = (world: World): void => {
  const random = world.random('investigations')
  const { recorded_share: recorded } = world.settings.investigations
  for (const incident of world.incidents)
    if (random.chance(forPost(recorded, incident.type))) open(world, random, incident)
  for (const member of world.staff) member.dealings.sort((a, b) => a.from - b.from)
}

const open = (world: World, random: Random, incident: Incident): void => {
  const { open_days, handover_share } = world.settings.investigations
  const openedAt = incident.closedAt + random.whole(-20, 180) * 60
  const wantedPost = random.pickShare(owners[incident.type] ?? usualOwner)
  const attending = incident.attended[0]?.shift.member
  const owner =
    attending && wantedPost === attending.post
      ? attending
      : investigatorOf(world, random, wantedPost, incident.town)
  if (owner === undefined) return
  const noSuspect = ['theft', 'criminal_damage', 'burglary'].includes(incident.type)
  const days = Math.max(0.3, random.logNormal(noSuspect ? open_days * 0.5 : open_days, 0.9))
  const investigation: Investigation = {
    id: world.package.key('CR'),
    incident,
    openedAt,
    closedAt: openedAt + Math.round(days * daySeconds),
    closure: closureOf(random, noSuspect),
    allocations: [],
  }
  world.investigations.push(investigation)
  const from = openedAt + random.whole(0, 30) * hour
  const next = random.chance(handover_share)
    ? investigatorOf(world, random, owner.post, owner.town, owner)
    : undefined
  const handedOver = next
    ? Math.round(random.between(from, Math.max(from + hour, investigation.closedAt)))
    : undefined
  allocate(world, random, investigation, owner, 'officer_in_charge', from, handedOver)
  if (next && handedOver !== undefined)
    allocate(world, random, investigation, next, 'officer_in_charge', handedOver, undefined)
  if (owner.supervisor)
    investigation.allocations.push({ member: owner.supervisor, part: 'supervisor', from, to: undefined })
  if (random.chance(0.25)) {
    const mate = investigatorOf(world, random, owner.post, owner.town, owner)
    if (mate)
      allocate(world, random, investigation, mate, 'team', from + random.whole(1, 90) * hour, undefined)
  }
  if (random.chance(0.05)) {
    const desk = investigatorOf(world, random, 'victim_desk', owner.town)
    if (desk) allocate(world, random, investigation, desk, 'victim_contact', from + 20 * hour, undefined)
  }
}

const closureOf = (random: Random, noSuspect: boolean): string =>
  noSuspect
    ? random.pickShare({ no_suspect: 0.72, charged: 0.1, community_resolution: 0.08, no_further_action: 0.1 })
    : random.pickShare({
        victim_declined: 0.3,
        no_further_action: 0.27,
        charged: 0.2,
        no_suspect: 0.1,
        community_resolution: 0.08,
        transferred: 0.02,
        other: 0.03,
      })

/** Somebody of a post, of the town where there is one. */
export const investigatorOf = (
  world: World,
  random: Random,
  post: string,
  town: number,
  except?: Member,
): Member | undefined => {
  const all = world.staff.filter(
    member => member.post === post && member !== except && member.leftOn === undefined,
  )
  const near = all.filter(member => member.town === town)
  const choice = near.length > 0 ? near : all
  return choice.length > 0 ? random.pick(choice) : undefined
}

/** Gives somebody a part in an investigation, and so a dealing with its people. */
const allocate = (
  world: World,
  random: Random,
  investigation: Investigation,
  member: Member,
  part: string,
  from: number,
  to: number | undefined,
): void => {
  const end = Math.min(to ?? investigation.closedAt, investigation.closedAt)
  investigation.allocations.push({
    member,
    part,
    from,
    to: to ?? (random.chance(0.6) ? investigation.closedAt : undefined),
  })
  for (const { person, part: inIt } of investigation.incident.people) {
    const share = inIt === 'victim' || inIt === 'missing' ? 1 : inIt === 'caller' ? 0.6 : 0.35
    member.dealings.push({
      person,
      from,
      to: Math.max(from, end),
      kind: 'allocation',
      reference: investigation.id,
      incident: investigation.incident,
      investigation,
      weight: share * random.logNormal(part === 'team' ? 0.3 : 1, world.settings.phones.pair_sigma),
    })
  }
}

/** Records a purposeful link of a member of staff with a person, approved unless `approved` is false, and the dealing that goes with it. */
export const assign = (
  world: World,
  link: {
    member: Member
    person: Person
    part: string
    purpose: string
    from: number
    to: number
    open?: boolean
    approved?: boolean
    weight: number
  },
): Dealing => {
  const { member, person, part, purpose, from, to, weight } = link
  world.package.add('assignments', {
    assignment_id: world.package.key('AS'),
    staff_id: member.id,
    person_id: person.id,
    part,
    purpose,
    from_at: Math.floor(from),
    to_at: link.open ? undefined : Math.floor(to),
    approved_by: link.approved === false ? undefined : member.supervisor?.id,
  })
  const dealing: Dealing = {
    person,
    from,
    to,
    kind: 'assignment',
    reference: '',
    incident: undefined,
    investigation: undefined,
    weight,
  }
  member.dealings.push(dealing)
  return dealing
}

/** Writes investigations and allocations once nothing can change them any more. */
export const writeInvestigations = (world: World): void => {
  const random = world.random('investigation rows')
  for (const { id, incident, openedAt, closedAt, closure, allocations } of world.investigations) {
    const closed = closedAt < world.end
    const owner = allocations.findLast(
      ({ part, from }) => part === 'officer_in_charge' && from <= closedAt,
    )?.member
    const steered =
      closure === 'victim_declined' &&
      owner?.offender === true &&
      incident.people.some(({ person }) =>
        world.offences.some(offence => offence.member === owner && offence.person === person),
      )
    world.package.add('investigations', {
      investigation_id: id,
      incident_id: random.chance(0.96) ? incident.id : undefined,
      opened_at: openedAt,
      closed_at: closed ? closedAt : undefined,
      type: incident.type,
      closure: closed ? closure : undefined,
      closed_by: closed ? (random.chance(0.6) ? (owner?.supervisor?.id ?? owner?.id) : owner?.id) : undefined,
      supervisor_reviewed_at:
        closed && !steered && random.chance(0.78) ? closedAt - random.whole(600, 200_000) : undefined,
    })
    for (const { person, part } of incident.people)
      if (part !== 'caller')
        world.package.add('involvements', {
          involvement_id: world.package.key('X'),
          person_id: person.id,
          investigation_id: id,
          part,
          at: openedAt + random.whole(60, 7_200),
        })
    const written = new Set<string>()
    for (const { member, part, from, to } of allocations) {
      if (written.has(`${member.id}/${from}`)) continue
      written.add(`${member.id}/${from}`)
      world.package.add('allocations', {
        investigation_id: id,
        staff_id: member.id,
        part,
        from_at: from,
        to_at: to === undefined ? undefined : Math.max(from, to),
      })
    }
  }
}
