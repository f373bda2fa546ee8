import { metres, type Place, type Site } from './area.ts'
import type { Random } from './random.ts'
import { hour, minute } from './time.ts'
import type { Outing, Shift, Visit, World } from './world.ts'

/** How fast a police vehicle gets about, in metres a second, detours included. */
const pace = 9
const onFoot = 1.3

/** Seconds between two places. */
export const travelSeconds = (from: Place, to: Place, kind: Outing['kind']): number =>
  60 + (metres(from, to) * 1.3) / (kind === 'vehicle' ? pace : onFoot)

/** The station of a town. */
export const stationOf = (world: World, town: number): Site => {
  const station = (world.area.towns[town] ?? world.area.towns[0])?.station
  if (station === undefined) throw new Error('The area has no towns.')
  return station
}

/** Sends an outing to a place, if the time is free. Keeps the visits in order. Says whether it fitted. */
export const goTo = (outing: Outing, visit: Visit): boolean => {
  if (visit.from < outing.start || visit.to > outing.end) return false
  const { visits, kind } = outing
  let after = visits.length
  while (after > 0 && (visits[after - 1]?.from ?? 0) > visit.from) after--
  const before = visits[after - 1]
  const next = visits[after]
  const leaves = before?.to ?? outing.start
  const came = before?.at ?? outing.station
  if (leaves + travelSeconds(came, visit.at, kind) > visit.from) return false
  if (next && visit.to + travelSeconds(visit.at, next.at, kind) > next.from) return false
  visits.splice(after, 0, visit)
  return true
}

/** A free moment for a visit of `minutes` within an outing, tried a few times; the visit is then made. */
export const fitVisit = (
  random: Random,
  outing: Outing,
  at: Place,
  minutes: number,
  engineOff = true,
): Visit | undefined => {
  for (let attempt = 0; attempt < 8; attempt++) {
    const from = Math.floor(random.between(outing.start + 10 * minute, outing.end - (minutes + 15) * minute))
    const visit: Visit = { at, from, to: from + Math.round(minutes * minute), engineOff }
    if (goTo(outing, visit)) return visit
  }
  return undefined
}

/** The cars and foot units of a base, given out by who is free. */
export type Fleet = {
  readonly take: (base: string, kind: 'vehicle' | 'radio', start: number, end: number) => string
}

/** Opens the fleet; a base that needs another unit gets one. */
export const openFleet = (world: World): Fleet => {
  const bases = new Map<string, { readonly unit: string; freeAt: number }[]>()
  let made = 0
  return {
    take: (base, kind, start, end) => {
      const units = bases.get(`${base}/${kind}`) ?? []
      bases.set(`${base}/${kind}`, units)
      let free = units.find(unit => unit.freeAt <= start)
      if (free === undefined) {
        made++
        free = { unit: `${kind === 'vehicle' ? 'V' : 'R'}${100 + made}`, freeAt: 0 }
        units.push(free)
        world.package.add('units', { unit_id: free.unit, kind, take_home: false, base_station: base })
      }
      free.freeAt = end + 5 * minute
      return free.unit
    },
  }
}

/** Puts people on a unit for the time they are all on duty. */
export const startOuting = (
  world: World,
  fleet: Fleet,
  kind: Outing['kind'],
  crew: readonly Shift[],
  base: string,
  radio: boolean,
): Outing | undefined => {
  const start = Math.max(...crew.map(shift => shift.start)) + 12 * minute
  const end = Math.min(...crew.map(shift => shift.end)) - 10 * minute
  const lead = crew[0]
  if (lead === undefined || end - start < 2 * hour) return undefined
  const station = stationOf(world, lead.member.town)
  const unit =
    kind === 'vehicle'
      ? fleet.take(base, 'vehicle', start, end)
      : radio
        ? fleet.take(base, 'radio', start, end)
        : ''
  const outing: Outing = { unit, kind, crew, start, end, station, visits: [], freeAt: start, silences: [] }
  for (const shift of crew) shift.outing = outing
  world.outings.push(outing)
  return outing
}
