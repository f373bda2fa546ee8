import type { Weights } from './bootstrap.ts'
import { isRight, mostPoints, type Subject } from './subject.ts'

type Ranked = { readonly at: number; readonly points: number; readonly right: boolean }

/** How the pairs rank by the most points they had, and where a budget of new reviews cuts the list. */
export type Ranking = {
  /** The fewest points at which no more pairs than allowed are reviewed; pairs with equal points go together. */
  readonly cutAt: (weights: Weights, allowed: number, falseOnly: boolean) => number
}

/** Ranks every pair that was ever scored. */
export const rankPairs = (subjects: readonly Subject[]): Ranking => {
  const ranked: Ranked[] = subjects
    .flatMap((subject, at) =>
      subject.pairs.map(pair => ({
        at,
        points: mostPoints(pair),
        right: isRight(subject, pair, mostPoints(pair)),
      })),
    )
    .toSorted((a, b) => b.points - a.points)
  return {
    cutAt: (weights, allowed, falseOnly) => {
      let taken = 0
      let cut = Infinity
      for (let from = 0; from < ranked.length;) {
        const { points } = ranked[from] ?? { points: 0 }
        let to = from
        let here = 0
        for (; ranked[to]?.points === points; to++) {
          const pair = ranked[to]
          if (pair && !(falseOnly && pair.right)) here += weights[pair.at] ?? 0
        }
        if (taken + here > allowed) return cut
        taken += here
        cut = points
        from = to
      }
      return cut
    },
  }
}
