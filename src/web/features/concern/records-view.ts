import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { countWords, momentWords, timeWords } from '../../../ui/words.ts'
import { recordWords } from './record-words.ts'

const laneWords: Readonly<Record<Lane, string>> = {
  sequence: 'Sequence',
  case: 'Case',
  duty: 'Duty',
  attendance: 'Attendance',
  contact: 'Contact',
  stay: 'Stay',
  'look-up': 'Look-up',
  declared: 'Declared',
}

const dutyWords: Readonly<Record<RecordedFact['duty'], string>> = {
  on_duty: 'On duty',
  on_call: 'On call',
  off: 'Off duty',
  absent: 'Absent',
  not_known: 'Not known',
  '': '',
}

/** The rows of the table that is the timeline's equal: every fact of the picture, in words. */
export const recordRows = (facts: readonly RecordedFact[]) =>
  facts.map(fact => ({
    when: whenWords(fact),
    kind: laneWords[fact.lane],
    text: fact.text,
    explained: explainedWords(fact),
    duty: fact.lane === 'duty' ? '' : dutyWords[fact.duty],
    id: recordWords([fact.id]),
  }))

/** Whether a fact is a contact, stay or look-up that no record explains. */
const isUnexplained = (fact: RecordedFact): boolean => judged.includes(fact.lane) && fact.explained !== true

const judged: readonly Lane[] = ['contact', 'stay', 'look-up']

/** Which records the page of a concern's records shows, as `?show=` says; all of them unless only those that nothing explains. */
export const readRecordsShown = (query: Readonly<Record<string, unknown>>): 'all' | 'unexplained' =>
  query['show'] === 'unexplained' ? 'unexplained' : 'all'

/**
 * The rows of the page of a concern's records, and the links between all of them and those that no record explains: in a long record the
 * few that nothing explains are what a person has to read.
 * @param base the address of the page with the days it covers
 */
export const recordsPageView = (
  facts: readonly RecordedFact[],
  shown: 'all' | 'unexplained',
  base: string,
) => {
  const unexplained = facts.filter(isUnexplained)
  return {
    records: recordRows(shown === 'all' ? facts : unexplained),
    shows: [
      { name: `all ${countWords(facts.length, 'record')}`, href: base, current: shown === 'all' },
      {
        name: `only the ${unexplained.length.toLocaleString('en-GB')} that no record explains`,
        href: `${base}&show=unexplained`,
        current: shown === 'unexplained',
      },
    ],
  }
}

/** The way from a concern to the records that nothing explains; undefined where there are none. */
export const unexplainedLink = (facts: readonly RecordedFact[], base: string) => {
  const count = facts.filter(isUnexplained).length
  return count === 0
    ? undefined
    : {
        href: `${base}&show=unexplained`,
        text: `Read the ${countWords(count, 'record')} that nothing explains`,
      }
}

const whenWords = ({ at, until }: RecordedFact): string => {
  if (until === undefined || momentWords(until) === momentWords(at)) return momentWords(at)
  const sameDay = momentWords(at).split(',')[0] === momentWords(until).split(',')[0]
  return `${momentWords(at)} to ${sameDay ? timeWords(until) : momentWords(until)}`
}

const explainedWords = (fact: RecordedFact): string => {
  if (!judged.includes(fact.lane)) return ''
  if (fact.explained !== true) return 'No record explains it'
  const because = fact.because === undefined ? '' : `: ${fact.because.replaceAll('_', ' ')}`
  return `Yes${because}${fact.becauseRecord === undefined ? '' : ` (${recordWords([fact.becauseRecord])})`}`
}
