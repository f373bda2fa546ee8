import { goTo, travelSeconds } from './outings.ts'
import type { Random } from './random.ts'
import { hour, minute } from './time.ts'
import type { Incident, Outing, World } from './world.ts'

/** Sends crews to incidents, which must come in the order they were opened. */
export type Dispatcher = {
  /** Sends the first crew that can be there and stay `minutes`; none goes where all are taken for hours. */
  readonly send: (incident: Incident, minutes: number) => void
}

const patience: Readonly<Record<string, number>> = { immediate: hour, prompt: 5 * hour, scheduled: 14 * hour }

/** The crews that take calls, by town: response first; neighbourhood for scheduled calls, roads for collisions. */
export const dispatcherFor = (world: World, random: Random): Dispatcher => {
  const waiting = world.outings
    .filter(({ crew }) => ['response', 'neighbourhood', 'roads'].includes(crew[0]?.member.post ?? ''))
    .toSorted((a, b) => a.start - b.start)
  let next = 0
  let ready: Outing[] = []
  return {
    send: (incident, minutes) => {
      const horizon = incident.openedAt + (patience[incident.grade] ?? hour)
      for (let outing = waiting[next]; outing && outing.start <= horizon; outing = waiting[++next])
        ready.push(outing)
      ready = ready.filter(outing => outing.end > incident.openedAt)
      const offers = ready
        .filter(
          outing =>
            takes(outing, incident) && !incident.attended.some(({ shift }) => outing.crew.includes(shift)),
        )
        .map(outing => offer(outing, incident, minutes))
        .filter(
          ({ arrives, outing }) => arrives < horizon && arrives + minutes * minute < outing.end - 10 * minute,
        )
        .toSorted((a, b) => a.arrives - b.arrives)
      // The nearest crew usually, not always.
      const chosen = offers[random.chance(0.75) ? 0 : Math.min(1, offers.length - 1)]
      if (chosen) attend(random, chosen, incident, minutes)
    },
  }
}

type Offer = { readonly outing: Outing; readonly assigned: number; readonly arrives: number }

const takes = ({ crew, station, kind }: Outing, incident: Incident): boolean => {
  const post = crew[0]?.member.post
  if (post === 'response') return station.town === incident.town || incident.grade === 'immediate'
  if (post === 'roads') return incident.type === 'road_traffic'
  return (
    station.town === incident.town &&
    incident.grade === 'scheduled' &&
    (kind === 'vehicle' || incident.type === 'antisocial_behaviour')
  )
}

const offer = (outing: Outing, incident: Incident, minutes: number): Offer => {
  const last = outing.visits.at(-1)
  const assigned = Math.max(incident.openedAt + 2 * minute, outing.start, outing.freeAt)
  const arrives =
    assigned +
    travelSeconds(last?.at ?? outing.station, incident.at, outing.kind) +
    (minutes > 60 ? minute : 0)
  return { outing, assigned, arrives }
}

const attend = (
  random: Random,
  { outing, assigned, arrives }: Offer,
  incident: Incident,
  minutes: number,
): void => {
  const arrived = Math.ceil(arrives) + random.whole(5, 90)
  const left = arrived + Math.round(minutes * minute)
  if (!goTo(outing, { at: kerb(random, incident), from: arrived, to: left, engineOff: random.chance(0.8) }))
    return
  outing.freeAt = left + random.whole(2, 25) * minute
  for (const shift of outing.crew)
    incident.attended.push({ shift, assigned: Math.floor(assigned), arrived, left })
}

/** Cars stop at the kerb, not in the hall. */
const kerb = (random: Random, { at }: Incident) => ({
  x: at.x + random.normal(9),
  y: at.y + random.normal(9),
})
