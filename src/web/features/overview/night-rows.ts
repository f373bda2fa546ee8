import type { Night } from '../../../jobs/night-store.ts'
import { countWords, dayWords, momentWords } from '../../../ui/words.ts'

/** Nights without detection, newest first, each as sentences: what happened, why, and what made up for it. */
export const nightRows = (nights: readonly Night[]): string[] =>
  nights.filter(each => each.outcome !== 'ran').map(nightWords)

const nightWords = ({ night, outcome, why, filledAt, concerns }: Night): string => {
  const happened = `Detection ${outcome === 'missed' ? 'did not run' : 'did not end'} on the night of ${dayWords(night)}. ${why}`
  if (filledAt === undefined) return `${happened} Nothing has made up for it yet.`
  const entered = concerns ?? 0
  const found = entered === 0 ? 'no concern' : countWords(entered, 'concern')
  return `${happened} Filled in on ${momentWords(filledAt)}: ${found} entered the queue for the day it would have looked at.`
}
