import { offBy, type Place } from './area.ts'
import { logAsUsual } from './contact-log.ts'
import { forPost } from './force-settings.ts'
import { fitVisit } from './outings.ts'
import type { Random } from './random.ts'
import { daySeconds, hour } from './time.ts'
import type { Member, Outing, World } from './world.ts'

/** Where the beat sends a team: places on its patrol plans, by town, with the span they hold. */
export type PatrolPlan = {
  readonly at: Place
  readonly radius: number
  readonly town: number
  readonly from: number
  readonly to: number
}

/** Fills the time between calls: visits to people in one's own cases, beats, refreshments, and dwellings with no task at all. */
export const makeVisits = (world: World, plans: readonly PatrolPlan[]): void => {
  const random = world.random('visits')
  const usual = usualDwellings(world, random)
  for (const outing of world.outings) {
    if (outing.start < world.start || outing.unit.startsWith('T')) continue
    const lead = outing.crew[0]?.member
    if (lead === undefined) continue
    visitOwnCases(world, random, outing, lead)
    if (['neighbourhood', 'response', 'roads', 'firearms'].includes(lead.post))
      patrol(world, random, outing, plans)
    visitUntasked(world, random, outing, lead, usual)
    if (random.chance(0.45)) {
      const stop = random.pick(
        world.area.sites.filter(site => site.town === outing.station.town && site.kind !== 'station'),
      )
      fitVisit(random, outing, offBy(random, stop, random.between(5, 30)), random.between(6, 35))
    }
  }
}

const visitOwnCases = (world: World, random: Random, outing: Outing, lead: Member): void => {
  const own = lead.dealings.filter(
    ({ kind, from, to }) => kind !== 'attendance' && from < outing.start && to > outing.end,
  )
  if (own.length === 0) return
  const investigative = !['response', 'neighbourhood', 'roads', 'firearms'].includes(lead.post)
  const wanted = investigative
    ? random.whole(1, 3)
    : lead.post === 'neighbourhood'
      ? random.whole(0, 1)
      : random.chance(0.12)
        ? 1
        : 0
  for (const dealing of random.sample(own, wanted)) {
    const visit = fitVisit(random, outing, kerbOf(random, dealing.person.home), random.logNormal(32, 0.6))
    if (visit)
      logAsUsual(world, random, {
        member: lead,
        person: dealing.person,
        at: visit.from,
        medium: 'visit',
        dealing,
      })
  }
}

/** Cars stop at the kerb. */
export const kerbOf = (random: Random, home: Place): Place => ({
  x: home.x + random.normal(9),
  y: home.y + random.normal(9),
})

const patrol = (world: World, random: Random, outing: Outing, plans: readonly PatrolPlan[]): void => {
  const due = plans.filter(
    ({ town, from, to }) => town === outing.station.town && from <= outing.start && to >= outing.end,
  )
  const often =
    outing.crew[0]?.member.post === 'neighbourhood' ? random.whole(1, 3) : random.chance(0.25) ? 1 : 0
  for (const plan of random.sample(due, often))
    fitVisit(
      random,
      outing,
      offBy(random, plan.at, random.between(0, plan.radius * 0.8)),
      random.between(7, 16),
      random.chance(0.5),
    )
}

type Usual = ReadonlyMap<Member, Place>

/** The dwelling some members of staff keep dropping in on, with no task and nothing wrong: a café owner, a widow, a source of gossip. */
const usualDwellings = (world: World, random: Random): Usual => {
  const months = Math.max(1, (world.end - world.start) / (30 * daySeconds))
  const usual = new Map<Member, Place>()
  for (const member of world.staff) {
    const share = forPost(world.settings.visits.same_dwelling_share, member.post)
    if (!random.chance(1 - (1 - share) ** Math.min(months, 4))) continue
    const homes = world.area.towns[member.town]?.homes ?? []
    const known = member.dealings.filter(({ person }) => person.home.town === member.town)
    usual.set(
      member,
      known.length > 0 && random.chance(0.6) ? random.pick(known).person.home : random.pick(homes),
    )
  }
  return usual
}

const visitUntasked = (world: World, random: Random, outing: Outing, lead: Member, usual: Usual): void => {
  const rate = forPost(world.settings.visits.untasked_per_month, lead.post)
  if (rate === 0) return
  // About 17 turns a month, fewer with a car out for those who work from a desk.
  const perOuting = rate / (lead.post === 'neighbourhood' || lead.post === 'response' ? 17 : 8)
  const favourite = usual.get(lead)
  if (favourite && random.chance(4 / 17))
    fitVisit(random, outing, kerbOf(random, favourite), random.logNormal(18, 0.4))
  for (let visit = random.poisson(perOuting); visit > 0; visit--) {
    const met = lead.dealings.filter(
      ({ from, to, person }) =>
        from < outing.start - hour && to < outing.start && person.home.town === outing.station.town,
    )
    const homes = world.area.towns[outing.station.town]?.homes ?? []
    const home = met.length > 0 && random.chance(0.25) ? random.pick(met).person.home : random.pick(homes)
    fitVisit(random, outing, kerbOf(random, home), Math.max(8, random.logNormal(13, 0.5)))
  }
}
