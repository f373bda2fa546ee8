import { minute } from './time.ts'
import type { World } from './world.ts'

/** Books people onto units as faithfully as people do: some drivers are never booked, some are booked late, some car is still in the last user's name. */
export const bookCrews = (world: World): void => {
  const random = world.random('bookings')
  const { driver_unknown_share: unknown, wrong_booking_share: wrong } = world.settings.vehicles
  const booked = new Set<string>()
  for (const { unit, kind, crew, start, end } of world.outings) {
    // Nobody books on to a car that stands at their door, half the time.
    if (unit === '' || (unit.startsWith('T') && random.chance(0.5))) continue
    for (const [seat, { member }] of crew.entries()) {
      const fault = kind === 'vehicle' ? random.next() : 1
      if (fault < unknown) continue
      const late = fault < unknown + wrong / 2 ? random.whole(20, 120) * minute : 0
      const held =
        fault >= unknown + wrong / 2 && fault < unknown + wrong ? random.whole(20, 180) * minute : 0
      const key = `${unit}/${member.id}/${start + late}`
      if (booked.has(key)) continue
      booked.add(key)
      world.package.add('crewing', {
        unit_id: unit,
        staff_id: member.id,
        start_at: start + late,
        end_at: end + held,
        seat: kind === 'foot' ? 'holder' : seat === 0 ? 'driver' : 'passenger',
      })
    }
  }
}
