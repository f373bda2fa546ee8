import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { momentWords, timeWords } from '../../../ui/words.ts'

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
    id: fact.id,
  }))

const whenWords = ({ at, until }: RecordedFact): string => {
  if (until === undefined || momentWords(until) === momentWords(at)) return momentWords(at)
  const sameDay = momentWords(at).split(',')[0] === momentWords(until).split(',')[0]
  return `${momentWords(at)} to ${sameDay ? timeWords(until) : momentWords(until)}`
}

const explainedWords = (fact: RecordedFact): string => {
  if (fact.lane !== 'contact' && fact.lane !== 'stay' && fact.lane !== 'look-up') return ''
  if (fact.explained !== true) return 'No record explains it'
  const because = fact.because === undefined ? '' : `: ${fact.because.replaceAll('_', ' ')}`
  return `Yes${because}${fact.becauseRecord === undefined ? '' : ` (${fact.becauseRecord})`}`
}
