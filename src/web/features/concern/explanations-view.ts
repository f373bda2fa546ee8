import type { ExplanationResult, TestedExplanation } from '../../../detection/tested-explanations.ts'
import type { RecordedFact } from '../../../detection/pair-record.ts'
import { countWords } from '../../../ui/words.ts'

const resultWords: Readonly<Record<ExplanationResult, string>> = {
  found: 'Found',
  not_found: 'Not found',
  cannot_tell: 'Cannot tell',
}

/** Innocent explanations, tested: first what records explain single facts, then what would explain the pair as a whole. */
export const explanationRows = (tested: readonly TestedExplanation[], facts: readonly RecordedFact[]) => [
  ...explainedFacts(facts),
  ...tested.map(each => ({
    question: each.question,
    result: each.result,
    resultWords: resultWords[each.result],
    says: each.records.length > 0 ? `${each.says} (${each.records.join(', ')})` : each.says,
  })),
]

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
    },
  ]
}
