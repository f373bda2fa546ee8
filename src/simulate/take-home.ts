import { offBy, type Place } from './area.ts'
import { stationOf } from './outings.ts'
import type { Random } from './random.ts'
import { dayOfMoment, minute, ukMoment } from './time.ts'
import type { Member, Outing, Shift, World } from './world.ts'

const mayTakeHome = new Set(['roads', 'firearms', 'investigation', 'source_handling', 'offender_management'])

/** Cars kept at home by those who may be called out: to the station and back, or to a garage, at odd hours and off the roster. */
export const useTakeHomeCars = (world: World): void => {
  const random = world.random('take-home cars')
  const users = world.staff.filter(member => member.role === 'officer' && mayTakeHome.has(member.post))
  for (const member of random.sample(
    users,
    Math.ceil(world.staff.length * world.settings.vehicles.take_home_share),
  ))
    for (
      let day = dayOfMoment(world.start) + random.whole(0, 3);
      day < dayOfMoment(world.end);
      day += random.whole(2, 6)
    ) {
      const site = random.chance(0.7)
        ? stationOf(world, member.town)
        : random.pick(world.area.sites.filter(({ kind }) => kind === 'garage' || kind === 'refreshment'))
      takeOut(world, random, member, offBy(random, site, 20), ukMoment(day, random.between(6, 23)))
    }
}

/** An outing in the unit somebody keeps at home, outside any turn of duty: to a place and back. */
export const takeOut = (world: World, random: Random, member: Member, at: Place, moment: number): void => {
  const unit = `T${member.id.replace(/\D/g, '')}`
  const stays = random.whole(25, 100)
  const end = moment + (stays + 110) * minute
  const others = world.outings.filter(other => other.unit === unit)
  if (others.some(other => other.start <= end && moment <= other.end)) return
  if (others.length === 0)
    world.package.add('units', {
      unit_id: unit,
      kind: 'vehicle',
      take_home: true,
      base_station: `Town ${member.town + 1}`,
    })
  const shift: Shift = { member, start: moment, end, pattern: 'day', outing: undefined }
  const outing: Outing = {
    unit,
    kind: 'vehicle',
    crew: [shift],
    start: moment,
    end,
    station: { ...stationOf(world, member.town), x: member.home.x, y: member.home.y },
    visits: [{ at, from: moment + 50 * minute, to: moment + (50 + stays) * minute, engineOff: true }],
    freeAt: moment,
    silences: [],
  }
  world.outings.push(outing)
}
