/** A repeatable stream of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number
  readonly chance: (probability: number) => boolean
  /** An even draw from `low` up to `high`. */
  readonly between: (low: number, high: number) => number
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number
  readonly normal: (sd: number) => number
  /** `sigma` is the standard deviation of the logarithm. */
  readonly logNormal: (median: number, sigma: number) => number
  readonly poisson: (mean: number) => number
  /** Counts with a spread of `mean + mean²/k`. */
  readonly negativeBinomial: (mean: number, k: number) => number
  /** @throws Error on an empty list */
  readonly pick: <T>(list: readonly T[]) => T
  /** A key of `shares`, as often as its share says. */
  readonly pickShare: <K extends string>(shares: Readonly<Partial<Record<K, number>>>) => K
  /** Up to `count` different members of the list, in a random order. */
  readonly sample: <T>(list: readonly T[], count: number) => T[]
}

/** A stream of its own for each part of the force, so that changing one part leaves the others as they were. */
export const randomFor = (seed: number, part: string): Random => {
  const next = sfc32(hash(`${seed}/${part}/a`), hash(`${seed}/${part}/b`), hash(part), seed >>> 0)
  for (let warm = 0; warm < 12; warm++) next()

  const normal = (sd: number): number =>
    sd * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + normal(Math.sqrt(mean))))
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = next(); product > limit; product *= next()) count++
    return count
  }
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(next() * list.length)]
    if (found === undefined) throw new Error('There is nothing to pick from.')
    return found
  }
  return {
    next,
    normal,
    poisson,
    pick,
    chance: probability => next() < probability,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    logNormal: (median, sigma) => median * Math.exp(normal(sigma)),
    negativeBinomial: (mean, k) => (mean <= 0 ? 0 : poisson((gamma(k, next, normal) * mean) / k)),
    pickShare: shares => {
      // No lists are made here: this is drawn millions of times.
      let total = 0
      for (const key in shares) total += shares[key] ?? 0
      let left = next() * total
      let last: string | undefined
      for (const key in shares) {
        last = key
        if ((left -= shares[key] ?? 0) < 0) return key
      }
      if (last === undefined) throw new Error('There is nothing to pick from.')
      return last as never
    },
    sample: (list, count) => {
      const rest = [...list]
      const taken: (typeof rest)[number][] = []
      while (taken.length < count && rest.length > 0)
        taken.push(...rest.splice(Math.floor(next() * rest.length), 1))
      return taken
    },
  }
}

/** Chris Doty-Humphrey's small fast counter: 128 bits of state, passes PractRand. */
const sfc32 = (first: number, second: number, third: number, fourth: number) => {
  let [a, b, c, counter] = [first, second, third, fourth]
  return (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
}

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 2_166_136_261
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619)
  return value >>> 0
}

/** Marsaglia and Tsang's draw from a gamma distribution of shape `k` (at least 1) and scale 1. */
const gamma = (k: number, next: () => number, normal: (sd: number) => number): number => {
  const d = k - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(1)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
