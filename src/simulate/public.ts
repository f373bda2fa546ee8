import { degrees, type Home } from './area.ts'
import type { Random } from './random.ts'
import { dayOfMoment } from './time.ts'
import type { Person, World } from './world.ts'

const laterFlags = {
  mental_health: 0.24,
  substance_dependency: 0.18,
  domestic_abuse_victim: 0.2,
  suicide_or_self_harm: 0.1,
  learning_difficulty: 0.06,
  bereaved: 0.05,
  sex_worker: 0.02,
  trafficked: 0.01,
  other_vulnerability: 0.14,
}

/**
 * Fills the records with members of the public: people, addresses, numbers, relations, vehicles and standing flags.
 * Numbers come from 071, a range of the national plan that is not in use.
 */
export const recordPublic = (world: World, count: number): void => {
  const random = world.random('public')
  const homes = world.area.towns.flatMap(town => town.homes)
  const yearNow = Number(new Date(world.end * 1_000).toISOString().slice(0, 4))
  while (world.people.length < count) {
    const home = random.pick(homes)
    const size = random.pickShare({ '1': 0.42, '2': 0.3, '3': 0.18, '4': 0.1 })
    const household = Array.from({ length: Number(size) }, (_, place) =>
      recordPerson(world, random, home, yearNow, place),
    )
    for (const [place, person] of household.entries())
      if (place > 0) relate(world, random, household[0], person, place)
  }
}

const recordPerson = (world: World, random: Random, home: Home, yearNow: number, place: number): Person => {
  const at = world.people.length
  const known = dayOfMoment(world.opening) - random.whole(30, 3_000)
  const person: Person = {
    id: `N${700_000 + at * 11}`,
    female: random.chance(0.52),
    birthYear: yearNow - (place >= 2 ? random.whole(6, 17) : random.whole(18, 85)),
    home,
    number: random.chance(0.92) ? `+4471${String(10_000_000 + at * 97)}` : '',
    email: random.chance(0.4) ? `n${at}@mail.example` : '',
    flags: new Set(),
  }
  world.people.push(person)
  world.package.add('people', {
    person_id: person.id,
    birth_year: random.chance(0.97) ? person.birthYear : undefined,
    sex: random.chance(0.98) ? (person.female ? 'female' : 'male') : undefined,
  })
  const moved = random.chance(0.04)
  const movedOn = moved ? dayOfMoment(world.start) - random.whole(5, 400) : known
  const homes = world.area.towns[home.town]?.homes ?? [home]
  if (moved)
    world.package.add('person_addresses', {
      person_id: person.id,
      ...degrees(random.pick(homes)),
      kind: 'home',
      from_on: known,
      to_on: Math.max(known, movedOn - 1),
    })
  world.package.add('person_addresses', {
    person_id: person.id,
    ...degrees(home),
    kind: 'home',
    from_on: Math.max(known + 1, movedOn),
  })
  if (random.chance(0.08)) {
    const kind = person.birthYear > yearNow - 17 ? 'school' : 'work'
    const schools = world.area.sites.filter(site => site.town === home.town && site.kind === 'school')
    const where = kind === 'school' ? random.pick(schools) : random.pick(homes)
    world.package.add('person_addresses', { person_id: person.id, ...degrees(where), kind, from_on: known })
  }
  if (person.number !== '')
    world.package.add('person_numbers', { person_id: person.id, number: person.number, from_on: known })
  if (person.email !== '')
    world.package.add('person_numbers', { person_id: person.id, number: person.email, from_on: known })
  if (person.birthYear < yearNow - 17 && random.chance(0.45))
    world.package.add('person_vehicles', {
      person_id: person.id,
      registration: `${'ABCDEFGHJKLMNPRS'[at % 16] ?? 'A'}Q${String(10 + (at % 89))} ZZ${'ABCDEFGHJKLMNPRSTUVWXYZ'[Math.floor(at / 1_424) % 23] ?? 'Z'}`,
      from_on: known,
    })
  if (person.birthYear > yearNow - 18) flag(world, person, 'under_18', known)
  if (random.chance(0.012)) flag(world, person, random.pickShare(laterFlags), known)
  return person
}

/** Sets a vulnerability marker, once. */
export const flag = (world: World, person: Person, marker: string, day: number): void => {
  if (person.flags.has(marker)) return
  person.flags.add(marker)
  world.package.add('person_flags', { person_id: person.id, flag: marker, from_on: day })
}

/** A marker for somebody found to be vulnerable at an ordinary incident. */
export const flagVulnerable = (world: World, random: Random, person: Person, day: number): void => {
  flag(world, person, random.pickShare(laterFlags), day)
}

const relate = (
  world: World,
  random: Random,
  first: Person | undefined,
  other: Person,
  place: number,
): void => {
  if (first === undefined) return
  const kind = place === 1 ? random.pickShare({ partner: 0.7, household: 0.2, ex_partner: 0.1 }) : 'child'
  world.package.add('person_relations', { person_id: first.id, related_person_id: other.id, kind })
  if (kind === 'child')
    world.package.add('person_relations', {
      person_id: other.id,
      related_person_id: first.id,
      kind: 'parent',
    })
}
