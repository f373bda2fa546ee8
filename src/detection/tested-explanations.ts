import type { Lake } from '../lake/lake.ts'
import type { Explanation, ExplanationBook } from './explanations.ts'
import { readShown, type Shown } from './shown-explanations.ts'

/** Whether the records show an innocent explanation; `cannot_tell` where a feed that would show it is missing, or none would. */
export type ExplanationResult = 'found' | 'not_found' | 'cannot_tell'

export type TestedExplanation = {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly result: ExplanationResult
  /** What was found, or why nobody can tell. */
  readonly says: string
  /** Records that show it, as `feed:key`; at most five. */
  readonly records: readonly string[]
  /** The record that would settle it, and who answers for it. */
  readonly settledBy: { readonly record: string; readonly owner: string }
}

/** What explanations are tested for. */
export type AskedOfPair = {
  readonly staffId: string
  /** '' where it is about the member of staff alone. */
  readonly personId: string
  /** Families that the pair scores in: credits of other families are left out. */
  readonly families: readonly string[]
  /** Indicators that count: an explanation is asked for where one of them names it. */
  readonly indicators: readonly string[]
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  /** Feeds that were not supplied, or not for all of those days. */
  readonly missingFeeds: ReadonlySet<string>
}

const order: readonly ExplanationResult[] = ['found', 'cannot_tell', 'not_found']

/** Every innocent explanation that belongs to what a pair scores with, tested in its records. Found ones come first. */
export const readTestedExplanations = async (
  lake: Lake,
  book: Pick<ExplanationBook, 'explanations' | 'events'>,
  asked: AskedOfPair,
): Promise<TestedExplanation[]> => {
  const relevant = book.explanations.filter(each => belongs(each, asked))
  const shown = await readShown(lake, relevant, book.events, asked)
  return relevant
    .map(each => testOne(each, shown.get(each.id), asked))
    .toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
}

const belongs = ({ test, explains }: Explanation, { families, indicators }: AskedOfPair): boolean =>
  indicators.some(each => each in explains) ||
  (test.by === 'credit' && test.credit.families.some(family => families.includes(family)))

const testOne = (
  { id, title, question, test, settledBy }: Explanation,
  shown: Shown | undefined,
  { missingFeeds, personId }: AskedOfPair,
): TestedExplanation => {
  const about = { id, title, question, settledBy, records: shown?.records ?? [] }
  const cannotTell = (says: string) => ({ ...about, result: 'cannot_tell' as const, says })
  if (test.by === 'nothing') return cannotTell('No record that is supplied here can show it.')
  if (shown !== undefined) return { ...about, result: 'found', says: foundWords(test, shown) }
  if (test.by === 'query' && test.about === 'pair' && personId === '')
    return cannotTell('It can be looked for with one person only; this is about the member of staff alone.')
  const feeds = test.by === 'credit' ? test.credit.feeds : test.feeds
  const missing = feeds.filter(feed => missingFeeds.has(feed))
  if (missing.length > 0)
    return cannotTell(
      `Not supplied for all of these days: ${missing.map(feed => feed.replaceAll('_', ' ')).join(' and ')}.`,
    )
  return { ...about, result: 'not_found', says: 'The records were supplied and do not show it.' }
}

/** A credit that had ended by the last day says so: it may not cover what happened afterwards. */
const foundWords = (test: Exclude<Explanation['test'], { by: 'nothing' }>, { until }: Shown): string => {
  if (test.by === 'query') return test.found
  return until === undefined ? test.credit.found : `${test.credit.found}, until ${until}`
}
