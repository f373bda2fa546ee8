import { createHash } from 'node:crypto'
import { readFacts } from './facts.ts'
import type { Indicator } from './indicators.ts'
import { lexiconParameters } from './lexicon.ts'
import { readMatrix } from './matrix.ts'

/** What a run asked of the records for one indicator. */
export type Asked = {
  /** Hash of all that decides what it finds but its weight, which multiplies the points afterwards. */
  readonly question: string
  /** What the points of its stored findings were multiplied by. */
  readonly weight: number
}

/** What a run asks, by indicator; those that do not run are left out. */
export const askedOf = (indicators: readonly Indicator[], content: string): Record<string, Asked> =>
  Object.fromEntries(
    indicators
      .filter(each => each.status !== 'retired')
      .map(each => [each.id, { question: questionOf(each, content), weight: each.weight }]),
  )

/**
 * The same for two indicators only where both find the same in the same facts. Neither the weight counts nor the edition, nor
 * whether the findings are scored: all of that comes after the query.
 * @param content of the facts it is asked of: `contentHash`
 */
export const questionOf = (indicator: Indicator, content: string): string => {
  const { id, version, family, unit, query, parameters, sentence } = indicator
  const leftOut = readMatrix().excluded_posts.posts
  return hashOf([content, id, version, family, unit, query, parameters, sentence, leftOut])
}

/** Changes when a fact, a setting, the lexicon or the feeds that may be read do: then what was built before no longer holds. */
export const contentHash = (unread: readonly string[]): string =>
  hashOf([readFacts(), lexiconParameters(), ...(unread.length === 0 ? [] : [unread.toSorted()])])

const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')
