import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { countWords, momentWords } from '../../../ui/words.ts'

/**
 * What was declared of this person, beside what the records show up to that moment and after it. A declaration is never read as
 * closing anything: it is put next to the records, and a person judges.
 * @param facts the whole record of the pair, not only the days drawn
 */
export const declaredRows = (facts: readonly RecordedFact[]) =>
  facts
    .filter(fact => fact.lane === 'declared')
    .map(declared => ({
      when: momentWords(declared.at),
      what: declared.text,
      before: shownIn(facts.filter(fact => fact.at < declared.at)),
      after: shownIn(facts.filter(fact => fact.at >= declared.at)),
    }))

const counted = {
  contact: 'call or message',
  stay: 'stop near an address of theirs',
  'look-up': 'look-up',
} as const satisfies Partial<Record<Lane, string>>

const many = { contact: 'calls and messages', stay: 'stops near an address of theirs', 'look-up': 'look-ups' }

/** "6 calls and messages, 5 with no recorded reason; 8 stops …"; what there is none of is left out. */
const shownIn = (facts: readonly RecordedFact[]): string => {
  const said = (Object.keys(counted) as (keyof typeof counted)[]).flatMap(lane => {
    const of = facts.filter(fact => fact.lane === lane)
    const loose = of.filter(fact => fact.explained !== true).length
    if (of.length === 0) return []
    return [`${countWords(of.length, counted[lane], many[lane])}, ${loose} with no recorded reason`]
  })
  return said.length === 0 ? 'No contact, stop or look-up' : said.join('; ')
}
