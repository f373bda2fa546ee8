import type { Random } from '../random.ts'
import { daySeconds } from '../time.ts'
import type { Dealing, Member, Person, World } from '../world.ts'

/** An innocent pattern that a careless detector takes for abuse. */
export type LookAlike = {
  /** As `truth/roles.csv` names it. */
  readonly name: string
  /** Posts that such a person holds; any where empty. */
  readonly posts: readonly string[]
  /** How many for each planted round. */
  readonly each: number
  /** Lives the pattern. Says whether it could be lived by this member of staff. */
  readonly live: (world: World, random: Random, member: Member) => boolean
}

/** A span of `days` within the window, or as long as the window has. */
export const spanOf = (
  world: World,
  random: Random,
  days: number,
): { readonly from: number; readonly to: number } => {
  const length = Math.min(days * daySeconds, world.end - world.start - 2 * daySeconds)
  const from = Math.floor(random.between(world.start + daySeconds, world.end - length - 1))
  return { from, to: Math.floor(from + length) }
}

/** An adult with a number, of a town where one is given. */
export const somebody = (world: World, random: Random, town?: number): Person => {
  const adults = world.people.filter(
    person =>
      person.number !== '' &&
      !person.flags.has('under_18') &&
      (town === undefined || person.home.town === town),
  )
  return random.pick(adults)
}

/** A dealing somebody had early enough in the window for the pattern to be seen. */
export const dealingOf = (
  world: World,
  random: Random,
  member: Member,
  kind: Dealing['kind'] | undefined,
  wanted: (dealing: Dealing) => boolean = () => true,
): Dealing | undefined => {
  const fit = member.dealings.filter(
    dealing =>
      (kind === undefined || dealing.kind === kind) &&
      dealing.from > world.start &&
      dealing.from < world.end - 20 * daySeconds &&
      dealing.person.number !== '' &&
      wanted(dealing),
  )
  return fit.length > 0 ? random.pick(fit) : undefined
}
