import type { ExplanationResult, TestedExplanation } from '../../../detection/tested-explanations.ts'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import { countWords, plainDays } from '../../../ui/words.ts'

const resultWords: Readonly<Record<ExplanationResult, string>> = {
  found: 'Found',
  not_found: 'Not found',
  cannot_tell: 'Cannot tell',
}

/** Innocent explanations, tested: first what records explain single facts, then what would explain the pair as a whole. */
export const explanationRows = (
  tested: readonly TestedExplanation[],
  facts: readonly RecordedFact[],
  /** Titles of roles that were found, and lapsed because the volume is far beyond the post's. */
  lapsed: readonly string[],
) => [...explainedFacts(facts), ...tested.map(each => testedRow(each, lapsed.includes(each.title)))]

const testedRow = (each: TestedExplanation, lapsed: boolean) => {
  if (each.result === 'found' && lapsed)
    return {
      question: each.question,
      result: 'cannot_tell',
      resultWords: 'Found, and lapsed',
      says: `${plainDays(each.says)}. It counts for nothing here: the volume is far beyond what the post has.`,
      records: each.records,
      settle: settleWords(each),
    }
  return {
    question: each.question,
    result: each.result,
    resultWords: resultWords[each.result],
    // "Not found" says it all; the page says once what it means.
    says: each.result === 'not_found' ? '' : plainDays(each.says),
    records: each.records,
    settle: settleWords(each),
  }
}

const settleWords = ({ settledBy }: TestedExplanation): string => `${settledBy.record} (${settledBy.owner})`

const explainedFacts = (facts: readonly RecordedFact[]) => {
  const asked = facts.filter(
    fact => fact.explained !== undefined && ['contact', 'stay', 'look-up'].includes(fact.lane),
  )
  if (asked.length === 0) return []
  const explained = asked.filter(fact => fact.explained === true)
  const kinds = Map.groupBy(explained, fact => fact.because ?? 'a record')
  const list = [...kinds]
    .toSorted((a, b) => b[1].length - a[1].length)
    .map(([kind, of]) => `${kind.replaceAll('_', ' ')} ${of.length}`)
  const result: ExplanationResult = explained.length > 0 ? 'found' : 'not_found'
  return [
    {
      question: 'Does a recorded policing purpose explain each contact, stay and look-up?',
      result,
      resultWords:
        explained.length === asked.length
          ? 'Found for all'
          : explained.length > 0
            ? 'Found for some'
            : 'Not found',
      says: `${explained.length} of ${countWords(asked.length, 'record')} explained${list.length > 0 ? `: ${list.join(', ')}` : ''}.`,
      records: [],
      settle: '',
    },
  ]
}
