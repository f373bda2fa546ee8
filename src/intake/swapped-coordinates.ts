import type { Feed, FeedBook } from './feeds.ts'

/** What a rejected row is told, and how a file full of them is recognised. */
export const swappedSentence =
  'looks swapped with the longitude: put the latitude under lat and the longitude under lon'

/**
 * SQL that is true where a row's latitude and longitude look swapped: together they lie in the home area once mirrored,
 * or the latitude is impossible and the mirrored pair is not. Undefined for a feed without coordinates.
 */
export const swappedCoordinates = (
  feed: Feed,
  supplied: ReadonlySet<string>,
  { lat, lon }: FeedBook['homeArea'],
): { condition: string; field: string } | undefined => {
  const field = ['lat', 'home_lat'].find(name => feed.fields.some(candidate => candidate.name === name))
  const other = field?.replace('lat', 'lon')
  if (field === undefined || other === undefined || !supplied.has(field) || !supplied.has(other))
    return undefined
  const mirrored = `v_${field} between ${lon[0]} and ${lon[1]} and v_${other} between ${lat[0]} and ${lat[1]}`
  const impossible = `abs(v_${field}) > 90 and abs(v_${other}) <= 90`
  return { field, condition: `ifNull(${mirrored} or ${impossible}, 0)` }
}
