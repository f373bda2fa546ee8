/** Degrees. */
type Point = { readonly lat: number; readonly lon: number }

const metresToADegree = 111_195.08

/** Metres between two points that are near each other. */
export const metresApart = (a: Point, b: Point): number =>
  Math.hypot(
    (a.lat - b.lat) * metresToADegree,
    (a.lon - b.lon) * metresToADegree * Math.cos((a.lat * Math.PI) / 180),
  )

/**
 * True where one circle of the radius holds every point. Steps towards the farthest point ever less (Bădoiu and Clarkson):
 * after 400 steps the circle is within a hundredth of the smallest.
 */
export const fitsInCircle = (points: readonly Point[], radiusM: number): boolean => {
  const [first] = points
  if (!first) return true
  let centre: Point = first
  for (let step = 1; step <= 400; step++) {
    const { point, metres } = farthestFrom(points, centre)
    if (metres <= radiusM) return true
    centre = {
      lat: centre.lat + (point.lat - centre.lat) / (step + 1),
      lon: centre.lon + (point.lon - centre.lon) / (step + 1),
    }
  }
  return false
}

const farthestFrom = (points: readonly Point[], centre: Point): { point: Point; metres: number } => {
  let [point, metres] = [centre, 0]
  for (const each of points) {
    const apart = metresApart(centre, each)
    if (apart > metres) [point, metres] = [each, apart]
  }
  return { point, metres }
}
