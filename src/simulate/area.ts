import type { Random } from './random.ts'

/** A place in metres east and north of the middle of the force area. */
export type Place = { readonly x: number; readonly y: number }

/** A dwelling. */
export type Home = Place & { readonly town: number }

/** A place where police presence is ordinary. */
export type Site = Place & { readonly id: string; readonly kind: string; readonly town: number }

export type Area = {
  readonly towns: readonly { readonly at: Place; readonly homes: readonly Home[]; readonly station: Site }[]
  readonly sites: readonly Site[]
}

/** The made-up area lies out in the North Sea, inside any box drawn round the UK, so that no real home can be mistaken for one of its homes. */
const middle = { lat: 54.9, lon: 0.45 }
const metresNorth = 111_195
const metresEast = metresNorth * Math.cos((middle.lat * Math.PI) / 180)

/** Latitude in degrees, WGS 84. */
export const latitude = (place: Place): number => middle.lat + place.y / metresNorth
/** Longitude in degrees, WGS 84. */
export const longitude = (place: Place): number => middle.lon + place.x / metresEast
/** Both, as columns of a row. */
export const degrees = (place: Place): { readonly lat: number; readonly lon: number } => ({
  lat: latitude(place),
  lon: longitude(place),
})
/** Metres between two places. */
export const metres = (from: Place, to: Place): number => Math.hypot(from.x - to.x, from.y - to.y)
/** Somewhere `distance` metres away, in any direction. */
export const offBy = (random: Random, place: Place, distance: number): Place => {
  const angle = random.next() * 2 * Math.PI
  return { x: place.x + distance * Math.cos(angle), y: place.y + distance * Math.sin(angle) }
}

/** Lays out the towns of the force: streets of terraces and of houses set apart, and the places the police are often at. */
export const layArea = (random: Random, staff: number, people: number): Area => {
  const townCount = Math.max(2, Math.round(staff / 80))
  const sites: Site[] = []
  const addSite = (kind: string, at: Place, town: number): Site => {
    const site = { id: `SITE${String(sites.length + 1).padStart(3, '0')}`, kind, town, x: at.x, y: at.y }
    sites.push(site)
    return site
  }
  const towns = Array.from({ length: townCount }, (_, town) => {
    const ring = Math.ceil(Math.sqrt(town))
    const at = offBy(random, { x: 0, y: 0 }, ring === 0 ? 0 : ring * 9_000 * random.between(0.85, 1.15))
    const somewhere = (spread: number) => ({
      x: at.x + random.normal(spread),
      y: at.y + random.normal(spread),
    })
    const station = addSite('station', somewhere(300), town)
    if (town % 3 === 0)
      for (const kind of ['custody', 'garage', 'hospital', 'court']) addSite(kind, somewhere(900), town)
    const ordinary = [
      'school',
      'school',
      'school',
      'community_hub',
      'refreshment',
      'refreshment',
      'refreshment',
      'other',
    ]
    for (const kind of ordinary) addSite(kind, somewhere(1_200), town)
    const homes: Home[] = []
    const wanted = Math.ceil((people + staff) / 1.7 / townCount)
    while (homes.length < wanted) homes.push(...layStreet(random, somewhere(1_300), town))
    return { at, homes, station }
  })
  return { towns, sites }
}

const layStreet = (random: Random, start: Place, town: number): Home[] => {
  const angle = random.next() * Math.PI
  const spacing = random.chance(0.45) ? random.between(6, 8) : random.between(11, 24)
  const halfWidth = random.between(9, 14)
  const along = { x: Math.cos(angle), y: Math.sin(angle) }
  return Array.from({ length: random.whole(12, 45) * 2 }, (_, number) => {
    const far = Math.floor(number / 2) * spacing
    const side = number % 2 === 0 ? halfWidth : -halfWidth
    return { x: start.x + along.x * far - along.y * side, y: start.y + along.y * far + along.x * side, town }
  })
}
