import { degrees, offBy, type Place } from './area.ts'
import { dispatcherFor, type Dispatcher } from './dispatch.ts'
import { flag, flagVulnerable } from './public.ts'
import type { Random } from './random.ts'
import { controlRoom } from './control-room.ts'
import { dayOfMoment, hour, minute, ukMoment, weekday } from './time.ts'
import type { Incident, Person, World } from './world.ts'

/** Calls for each hour of the day against the mean: quiet before dawn, busiest in the evening. */
const byHour = [
  0.8, 0.6, 0.45, 0.35, 0.3, 0.3, 0.4, 0.6, 0.85, 1, 1.1, 1.15, 1.2, 1.2, 1.2, 1.3, 1.4, 1.45, 1.5, 1.45, 1.4,
  1.3, 1.2, 1,
]

/** Keys end in a point so that they stay in order and read as numbers. */
const hourShares = Object.fromEntries(byHour.map((rate, at) => [`${at}.`, rate]))

const grades: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  domestic_abuse: { immediate: 0.45, prompt: 0.4, scheduled: 0.15 },
  sexual_offence: { immediate: 0.2, prompt: 0.5, scheduled: 0.3 },
  assault: { immediate: 0.5, prompt: 0.35, scheduled: 0.15 },
  missing_person: { immediate: 0.2, prompt: 0.75, scheduled: 0.05 },
  mental_health: { immediate: 0.5, prompt: 0.45, scheduled: 0.05 },
  concern_for_welfare: { immediate: 0.35, prompt: 0.5, scheduled: 0.15 },
  road_traffic: { immediate: 0.5, prompt: 0.4, scheduled: 0.1 },
  public_order: { immediate: 0.6, prompt: 0.3, scheduled: 0.1 },
}
const usualGrade = { immediate: 0.12, prompt: 0.43, scheduled: 0.45 }

const markers: Readonly<Record<string, readonly [marker: string, share: number]>> = {
  domestic_abuse: ['domestic_abuse_victim', 0.5],
  sexual_offence: ['sexual_offence_victim', 0.9],
  missing_person: ['missing', 0.3],
  mental_health: ['mental_health', 0.25],
}
/** Where the type says nothing of the person: what brings the whole to a fifth of attended incidents. */
const otherFlagShare = 0.004

/** Lives every call for service of the span, in order: who rang, who was sent, when they were there. */
export const answerCalls = (world: World): void => {
  const random = world.random('incidents')
  const dispatcher = dispatcherFor(world, random)
  const desk = controlRoom(world, random)
  const victims = victimLists(world, random)
  const responseTurns = world.outings.filter(outing => outing.crew[0]?.member.post === 'response').length
  const first = dayOfMoment(world.opening)
  const last = dayOfMoment(world.end - 1)
  const { per_response_shift: perShift, no_deployment_share: undeployed } = world.settings.incidents
  // A few calls find nobody free in time, so there are slightly more of them than attendances.
  const perDay = (responseTurns * perShift * 1.06) / (last - first + 1) / (1 - undeployed)
  const moments: number[] = []
  for (let day = first; day <= last; day++) {
    const busy = (weekday(day) === 4 || weekday(day) === 5 ? 1.12 : 0.92) * random.logNormal(0.95, 0.3)
    for (let left = random.poisson(perDay * busy); left > 0; left--)
      moments.push(ukMoment(day, Number(random.pickShare(hourShares)) + random.next()))
  }
  for (const openedAt of moments.sort((a, b) => a - b)) {
    const incident = openIncident(world, random, victims, openedAt)
    if (incident.grade !== 'resolution_without_deployment') send(world, random, dispatcher, incident)
    const left = incident.attended.map(attendance => attendance.left)
    incident.closedAt = Math.max(
      openedAt + random.whole(10, 90) * minute,
      ...left.map(at => at + random.whole(5, 240) * minute),
    )
    desk.handle(incident)
    writeIncident(world, random, incident)
  }
}

type VictimLists = (type: string, town: number) => Person

/** Repeat victims: people stand in a fixed random order for each kind of call, and those in front are drawn far more often. */
const victimLists = (world: World, random: Random): VictimLists => {
  const power = 1 / (1 - world.settings.incidents.repeat_alpha)
  const orders = new Map<string, Person[]>()
  const adults = world.people.filter(person => !person.flags.has('under_18'))
  return (type, town) => {
    const everybody = type === 'missing_person'
    const key = `${['domestic_abuse', 'missing_person', 'mental_health'].includes(type) ? type : 'any'}/${town}`
    const order =
      orders.get(key) ??
      random.sample(
        (everybody ? world.people : adults).filter(person => person.home.town === town),
        Infinity,
      )
    orders.set(key, order)
    const draw = () => order[Math.floor(order.length * random.next() ** power)] ?? random.pick(world.people)
    const wanted =
      type === 'domestic_abuse'
        ? random.chance(0.75)
        : type === 'sexual_offence'
          ? random.chance(0.87)
          : undefined
    let person = draw()
    while (wanted !== undefined && person.female !== wanted) person = draw()
    return person
  }
}

const openIncident = (world: World, random: Random, victims: VictimLists, openedAt: number): Incident => {
  const { type_share, no_deployment_share, people_linked } = world.settings.incidents
  const type = random.pickShare(type_share)
  const town = random.whole(0, world.area.towns.length - 1)
  const victim = victims(type, town)
  const grade = random.chance(no_deployment_share)
    ? 'resolution_without_deployment'
    : random.pickShare(grades[type] ?? usualGrade)
  const atHome = random.chance(
    { domestic_abuse: 0.88, burglary: 0.9, concern_for_welfare: 0.8, road_traffic: 0.02, public_order: 0.05 }[
      type
    ] ?? 0.5,
  )
  const firstPart =
    type === 'missing_person'
      ? 'missing'
      : ['concern_for_welfare', 'antisocial_behaviour', 'other', 'road_traffic'].includes(type)
        ? 'caller'
        : 'victim'
  const people = [{ person: victim, part: type === 'drugs' ? 'suspect' : firstPart }]
  for (let more = random.poisson(people_linked); more > 0; more--) {
    const person = random.pick(world.people)
    if (people.some(other => other.person === person)) continue
    people.push({
      person,
      part: random.pickShare({ suspect: 0.4, witness: 0.35, caller: 0.15, relative: 0.1 }),
    })
  }
  return {
    id: world.package.key('L'),
    type,
    grade,
    openedAt,
    closedAt: 0,
    at: atHome ? victim.home : streetPlace(world, random, town),
    town,
    people,
    attended: [],
  }
}

const streetPlace = (world: World, random: Random, town: number): Place => {
  const homes = world.area.towns[town]?.homes ?? []
  return offBy(random, random.pick(homes), random.between(10, 90))
}

const send = (world: World, random: Random, dispatcher: Dispatcher, incident: Incident): void => {
  const { scene_minutes: usual } = world.settings.incidents
  const median = incident.type === 'domestic_abuse' ? usual.domestic_abuse : usual.any
  const crews = random.chance(incident.grade === 'immediate' ? 0.4 : 0.08) ? 2 : 1
  for (let sent = 0; sent < crews; sent++) {
    const minutes = Math.min(300, Math.max(4, random.logNormal(median * (sent === 0 ? 1 : 0.6), 0.8)))
    dispatcher.send(incident, minutes)
  }
}

const writeIncident = (world: World, random: Random, incident: Incident): void => {
  world.incidents.push(incident)
  const { id, openedAt, type, people, attended } = incident
  world.package.add('incidents', {
    incident_id: id,
    opened_at: openedAt,
    closed_at: incident.closedAt,
    type,
    grade: incident.grade,
    ...(random.chance(0.98) ? degrees(incident.at) : {}),
  })
  for (const { person, part } of people)
    world.package.add('involvements', {
      involvement_id: world.package.key('X'),
      person_id: person.id,
      incident_id: id,
      part,
      at: openedAt + random.whole(1, 40) * minute,
    })
  for (const { shift, assigned, arrived, left } of attended) {
    world.package.add('attendances', {
      incident_id: id,
      staff_id: shift.member.id,
      assigned_at: assigned,
      // Status buttons are forgotten, or pressed late.
      arrived_at: random.chance(0.1) ? undefined : arrived + random.whole(-90, 150),
      left_at: random.chance(0.06) ? undefined : left + random.whole(-240, 300),
    })
    for (const { person } of people) meet(random, incident, shift.member, person, arrived, left)
  }
  const victim = people[0]?.person
  if (victim === undefined || attended.length === 0) return
  const marker = markers[type]
  const day = dayOfMoment(openedAt)
  if (marker && random.chance(marker[1])) flag(world, victim, marker[0], day)
  else if (random.chance(otherFlagShare)) flagVulnerable(world, random, victim, day)
}

const meet = (
  random: Random,
  incident: Incident,
  member: Incident['attended'][number]['shift']['member'],
  person: Person,
  from: number,
  left: number,
): void => {
  member.dealings.push({
    person,
    from,
    to: left + 12 * hour,
    kind: 'attendance',
    reference: incident.id,
    incident,
    investigation: undefined,
    weight: random.logNormal(0.12, 1.1),
  })
}
