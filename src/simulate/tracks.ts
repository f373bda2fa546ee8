import { metres, offBy, type Place } from './area.ts'
import { openFixWriter, type FixWriter } from './fix-writer.ts'
import { travelSeconds } from './outings.ts'
import type { Random } from './random.ts'
import { minute } from './time.ts'
import type { Outing, World } from './world.ts'

/** Writes where every unit was: vehicles every 15 s moving and 60 s parked, radios every five minutes. */
export const trackUnits = (world: World, onOuting: (done: number) => void): void => {
  const random = world.random('tracks')
  const fixes = openFixWriter(world.start, world.end, (bytes, count) => {
    world.package.addBytes('positions', bytes, count)
  })
  for (const [done, outing] of world.outings.entries()) {
    if (outing.unit !== '' && outing.end > world.start) {
      if (random.chance(world.settings.vehicles.outage_share)) {
        const from = random.whole(outing.start, outing.end)
        outing.silences.push({ from, to: from + random.whole(10, 60) * minute })
      }
      trackOuting(world, random, fixes, outing)
    }
    if (done % 200 === 0) onOuting(done)
  }
  fixes.close()
}

type Track = {
  /** Parks until a moment. A sleeping terminal sends one fix, then only a heartbeat. */
  readonly park: (at: Place, until: number, engineOff: boolean, asleep: boolean) => void
  /** Drives along points, arriving at a moment. */
  readonly drive: (points: readonly Place[], arrive: number) => void
  readonly now: () => number
}

const trackOuting = (world: World, random: Random, fixes: FixWriter, outing: Outing): void => {
  const track =
    outing.kind === 'vehicle'
      ? vehicleTrack(world, random, fixes, outing)
      : radioTrack(world, random, fixes, outing)
  let here: Place = outing.station
  for (const visit of [...outing.visits, undefined]) {
    const there = visit?.at ?? outing.station
    const arrive = visit?.from ?? outing.end
    const leave = arrive - travelSeconds(here, there, outing.kind)
    here = spendIdle(world, random, outing, track, here, leave)
    track.drive([here, there], arrive)
    here = there
    if (visit) track.park(visit.at, visit.to, visit.engineOff, false)
  }
}

/** Between two visits: back to the station, on patrol, or a round trip. Says where it ended. */
const spendIdle = (
  world: World,
  random: Random,
  outing: Outing,
  track: Track,
  here: Place,
  leave: number,
): Place => {
  const { station, kind } = outing
  const home = travelSeconds(here, station, kind)
  if (here !== station && leave - track.now() > home + 12 * minute && random.chance(0.75)) {
    track.drive([here, station], track.now() + home)
    track.park(station, leave, true, true)
    return station
  }
  if (here === station && random.chance(0.6)) track.park(station, leave - 30 * minute, true, true)
  const idle = leave - track.now()
  if (idle < 3 * minute) {
    if (idle > 0) track.park(here, leave, false, here === station)
    return here
  }
  // A round: out to somewhere in town and back, ten minutes or so.
  const driving = Math.min(idle, random.whole(4, 12) * minute)
  const reach = (driving * (kind === 'vehicle' ? 7 : 1.1)) / 2
  const site = random.pick(world.area.sites.filter(other => other.town === station.town))
  const away = metres(here, site)
  const turn =
    away > 1 && away < reach
      ? { x: here.x + ((site.x - here.x) * reach) / away, y: here.y + ((site.y - here.y) * reach) / away }
      : offBy(random, here, reach)
  if (here === station) {
    track.park(station, leave - driving, true, true)
    track.drive([here, turn, here], leave)
    return here
  }
  if (idle > driving + 5 * minute) {
    const rest = offBy(random, site, 20)
    track.drive([here, rest], track.now() + travelSeconds(here, rest, kind))
    track.park(rest, Math.max(track.now(), leave), false, true)
    return rest
  }
  track.drive([here, turn, here], leave)
  return here
}

const silent = ({ silences }: Outing, at: number): boolean =>
  silences.some(({ from, to }) => from <= at && at < to)

const vehicleTrack = (world: World, random: Random, fixes: FixWriter, outing: Outing): Track => {
  const { vehicles } = world.settings
  // Stated errors are in both directions together.
  const error = vehicles.error_m / Math.SQRT2
  let now = outing.start
  let last = 0
  const send = (moment: number, x: number, y: number, speedKmh: number, ignition: boolean) => {
    const at = Math.floor(moment)
    if (at <= last) return
    last = at
    if (!random.chance(vehicles.lost_share) && (outing.silences.length === 0 || !silent(outing, at)))
      fixes.write(outing.unit, { at, x, y, speedKmh, ignition, accuracy: 4 + Math.floor(random.next() * 9) })
  }
  return {
    now: () => now,
    park: (place, until, engineOff, asleep) => {
      const [east, north] = [place.x + random.normal(error * 0.8), place.y + random.normal(error * 0.8)]
      const started = now
      while (now < until) {
        send(now, east + (random.next() - 0.5) * error, north + (random.next() - 0.5) * error, 0, !engineOff)
        now += asleep && now - started > 3 * minute ? 30 * minute : vehicles.parked_seconds
      }
      now = Math.max(started, Math.min(now, Math.floor(until)))
    },
    drive: (points, arrive) => {
      const started = now
      const span = arrive - started
      if (span <= 0) return
      const legs = points
        .slice(1)
        .map((to, at) => ({ from: points[at] ?? to, to, length: metres(points[at] ?? to, to) }))
      const length = legs.reduce((sum, leg) => sum + leg.length, 0)
      for (; now < arrive; now += vehicles.moving_seconds) {
        let left = (length * (now - started)) / span
        const leg = legs.find(other => (left -= other.length) <= 0) ?? legs.at(-1)
        if (leg === undefined) break
        const done = leg.length === 0 ? 1 : 1 + left / leg.length
        const x = leg.from.x + (leg.to.x - leg.from.x) * done
        const y = leg.from.y + (leg.to.y - leg.from.y) * done
        const speed = Math.max(4, (length * 1.3 * 3.6) / span + (random.next() - 0.5) * 20)
        send(
          now,
          x + (random.next() - 0.5) * 2.4 * error,
          y + (random.next() - 0.5) * 2.4 * error,
          speed,
          true,
        )
      }
      now = Math.floor(arrive)
    },
  }
}

const radioTrack = (world: World, random: Random, fixes: FixWriter, outing: Outing): Track => {
  const { vehicles } = world.settings
  const error = vehicles.radio_error_m / Math.SQRT2
  let now = outing.start
  let next = outing.start + random.whole(0, 200)
  const until = (end: number, where: (share: number) => Place) => {
    const started = now
    for (; next < end && next < outing.end; next += vehicles.radio_minutes * minute + random.whole(-25, 25)) {
      if (next < started || random.chance(vehicles.radio_lost_share) || silent(outing, next)) continue
      const place = where((next - started) / (end - started))
      fixes.write(outing.unit, {
        at: next,
        x: place.x + random.normal(error),
        y: place.y + random.normal(error),
        speedKmh: 0,
        ignition: undefined,
        accuracy: random.whole(12, 40),
      })
    }
    now = Math.max(now, Math.floor(end))
  }
  return {
    now: () => now,
    park: (place, end) => {
      until(end, () => place)
    },
    drive: (points, arrive) => {
      until(arrive, share => {
        const reach = share * (points.length - 1)
        const from = points[Math.min(points.length - 2, Math.floor(reach))] ?? outing.station
        const to = points[Math.min(points.length - 1, Math.floor(reach) + 1)] ?? from
        const done = reach - Math.floor(reach)
        return { x: from.x + (to.x - from.x) * done, y: from.y + (to.y - from.y) * done }
      })
    },
  }
}
