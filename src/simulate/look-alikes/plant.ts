import type { Random } from '../random.ts'
import type { World } from '../world.ts'
import { communityRoles } from './community.ts'
import { handlingRoles } from './handling.ts'
import type { LookAlike } from './look-alike.ts'
import { messageRoles } from './messages.ts'
import { recordRoles } from './records.ts'
import { victimRoles } from './victim-roles.ts'

/** Every innocent pattern the demonstration force holds. */
const lookAlikes: readonly LookAlike[] = [...victimRoles, ...communityRoles, ...handlingRoles, ...recordRoles]

/** Plants innocent patterns, one to a member of staff, in turn until there are enough for the offenders. */
export const plantLookAlikes = (world: World): void => {
  const random = world.random('look-alikes')
  const offenders = new Set(world.offences.map(({ member }) => member)).size
  const fitting = Math.ceil(offenders * world.settings.look_alikes.per_offender)
  // A force asked to hold many offenders keeps most of its staff ordinary.
  const wanted =
    world.offendersWanted === undefined
      ? fitting
      : Math.min(fitting, Math.round(world.staff.length / 4) - byMessage(world).length)
  let planted = 0
  for (let round = 0; planted < wanted && round < 60; round++)
    for (const lookAlike of lookAlikes)
      for (let turn = 0; turn < lookAlike.each && planted < wanted; turn++)
        if (plantOne(world, random, lookAlike)) planted++
  const chance = world.random('look-alikes by message')
  for (const lookAlike of byMessage(world)) plantOne(world, chance, lookAlike)
}

/** Those who only write like an offender: on top of the others, however few the offenders, and by chance of their own. */
const byMessage = (world: World): LookAlike[] =>
  messageRoles.flatMap(lookAlike =>
    Array.from({ length: Math.ceil((lookAlike.each * world.staff.length) / 400) }, () => lookAlike),
  )

/** Gives the pattern to somebody who can live it. Says whether there was anybody. */
const plantOne = (world: World, random: Random, { name, posts, live }: LookAlike): boolean => {
  const free = world.staff.filter(
    member =>
      member.lookAlike === '' &&
      !member.offender &&
      member.leftOn === undefined &&
      member.shifts.length > 20 &&
      (posts.length === 0 ? member.role === 'officer' : posts.includes(member.post)),
  )
  // Some cannot live the pattern (no phone, no such case), so a few are asked.
  const member = random.sample(free, 6).find(asked => live(world, random, asked))
  if (member) member.lookAlike = name
  return member !== undefined
}
