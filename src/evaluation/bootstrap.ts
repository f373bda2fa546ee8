import { randomFor } from '../simulate/random.ts'
import type { Figure } from './figure.ts'

/** How often each member of staff was drawn, by their place in the list. All ones are the force as it is. */
export type Weights = ArrayLike<number>

/** Something to measure on the force, and on every force drawn from it. */
export type Measure = {
  /** Undefined where such a force has nothing to measure. */
  readonly value: (weights: Weights) => number | undefined
  readonly count?: number
  readonly of?: number
  /** For a share of none or all: members of staff it rests on, which no drawing anew can show the doubt of. */
  readonly staff?: number
  /** In place of drawing, where too few were counted for that. */
  readonly interval?: { readonly low: number; readonly high: number }
}

export type Draws = { readonly seed: number; readonly times: number }

/** How often staff are drawn anew, and by which seed, unless somebody says otherwise. */
export const usualDraws: Draws = { seed: 1, times: 1_000 }

/**
 * Every measure with its 95 % interval: members of staff are drawn anew with replacement, whole with all their pairs, because
 * pairs of one person stand and fall together.
 * @param size members of staff in the force
 */
export const measureAll = (measures: readonly Measure[], size: number, draws: Draws): Figure[] => {
  const ones = new Float64Array(size).fill(1)
  const drawn: number[][] = measures.map(() => [])
  const random = randomFor(draws.seed, 'bootstrap')
  for (let time = 0; time < draws.times; time++) {
    const weights = new Float64Array(size)
    for (let at = 0; at < size; at++) {
      const place = random.whole(0, size - 1)
      weights[place] = (weights[place] ?? 0) + 1
    }
    for (const [at, measure] of measures.entries()) {
      const value = measure.value(weights)
      if (value !== undefined) drawn[at]?.push(value)
    }
  }
  return measures.map((measure, at) => figureOf(measure, measure.value(ones), drawn[at] ?? [], draws.times))
}

const figureOf = (
  { count, of, staff, interval }: Measure,
  value: number | undefined,
  drawn: number[],
  times: number,
): Figure => {
  const told = { ...(count === undefined ? {} : { count }), ...(of === undefined ? {} : { of }) }
  if (value === undefined) return { value: null, low: null, high: null, ...told }
  if (interval) return { value: round(value), low: round(interval.low), high: round(interval.high), ...told }
  const bound = staff === undefined || staff === 0 ? undefined : 1 - 0.025 ** (1 / staff)
  if (bound !== undefined && value === 0) return { value, low: 0, high: round(bound), ...told }
  if (bound !== undefined && value === 1) return { value, low: round(1 - bound), high: 1, ...told }
  drawn.sort((a, b) => a - b)
  // Where most forces drawn have nothing to measure, an interval from the rest would promise too much.
  const enough = drawn.length >= times / 2
  return {
    value: round(value),
    low: enough ? round(quantile(drawn, 0.025)) : null,
    high: enough ? round(quantile(drawn, 0.975)) : null,
    ...told,
  }
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** What a list adds up to under weights, with the many that are nothing left out once and for all. */
export const sumOf = <Item>(
  items: readonly Item[],
  amount: (item: Item) => number,
): ((weights: Weights) => number) => {
  const parts = items.flatMap((item, at) => {
    const own = amount(item)
    return own === 0 ? [] : [[at, own] as const]
  })
  return weights => parts.reduce((sum, [at, own]) => sum + own * (weights[at] ?? 0), 0)
}

/** So many of so many, each counted by member of staff. */
export const shareOf = <Item>(
  items: readonly Item[],
  part: (item: Item) => number,
  whole: (item: Item) => number,
): Measure => {
  const [count, of] = [sumOf(items, part), sumOf(items, whole)]
  const ones = new Float64Array(items.length).fill(1)
  return {
    value: weights => {
      const all = of(weights)
      return all === 0 ? undefined : count(weights) / all
    },
    count: count(ones),
    of: of(ones),
    staff: items.filter(item => whole(item) > 0).length,
  }
}

/** The median of what members of staff have, those who have nothing left out. */
export const medianOf = <Item>(items: readonly Item[], read: (item: Item) => number | undefined): Measure => {
  const values = items
    .flatMap((item, at) => {
      const value = read(item)
      return value === undefined ? [] : [{ at, value }]
    })
    .toSorted((a, b) => a.value - b.value)
  return {
    value: weights => {
      const total = values.reduce((sum, { at }) => sum + (weights[at] ?? 0), 0)
      if (total === 0) return undefined
      let seen = 0
      return values.find(({ at }) => (seen += weights[at] ?? 0) >= total / 2)?.value
    },
    of: values.length,
  }
}

/** A number that is only counted. */
export const countOf = (value: number): Measure => ({ value: () => value })
