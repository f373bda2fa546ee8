import type { Random } from './random.ts'
import { hour } from './time.ts'
import type { Dealing, Member, Person, World } from './world.ts'

/** Writes up a contact, soon or late. */
export const logContact = (
  world: World,
  random: Random,
  entry: {
    member: Member
    person: Person
    at: number
    medium: 'voice' | 'sms' | 'email' | 'visit' | 'other'
    dealing?: Dealing | undefined
  },
): void => {
  const { member, person, at, medium, dealing } = entry
  const delay = random.chance(0.75) ? random.logNormal(1.2 * hour, 1) : random.logNormal(16 * hour, 0.7)
  world.package.add('contact_log', {
    entry_id: world.package.key('E'),
    staff_id: member.id,
    person_id: person.id,
    at: Math.floor(at / 60) * 60,
    logged_at: Math.floor(at + Math.min(delay, 46 * hour)),
    medium,
    investigation_id: dealing?.investigation?.id,
    incident_id: dealing?.investigation ? undefined : dealing?.incident?.id,
  })
}

/** Writes up a contact as often as real staff do, which is not often enough. */
export const logAsUsual = (
  world: World,
  random: Random,
  entry: {
    member: Member
    person: Person
    at: number
    medium: 'voice' | 'sms' | 'email' | 'visit' | 'other'
    dealing?: Dealing | undefined
  },
): void => {
  const { unlogged } = world.settings.phones
  if (!random.chance(entry.medium === 'sms' || entry.medium === 'email' ? unlogged.sms : unlogged.voice))
    logContact(world, random, entry)
}
