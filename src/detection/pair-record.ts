import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import {
  lookUpWords,
  contactWords,
  stayWords,
  reasonWords,
  declaredWords,
  sequenceWords,
  dutyWords,
} from './pair-record-words.ts'
import { pairQueries, type PairRows } from './pair-record-queries.ts'

/** The lanes of a pair's record, in the order a reader takes them: how it hangs together, the case, then what was done. */
export const lanes = [
  'sequence',
  'case',
  'duty',
  'attendance',
  'contact',
  'stay',
  'look-up',
  'declared',
] as const

export type Lane = (typeof lanes)[number]

/** What the member of staff was doing at that moment; empty where the lane does not ask. */
export type DutyAt = 'on_duty' | 'on_call' | 'off' | 'absent' | 'not_known' | ''

export type RecordedFact = {
  readonly lane: Lane
  /** Evidence id, `feed:key`. Many keys hold a staff_id or person_id: mask before showing. */
  readonly id: string
  /** ISO moment, UTC. */
  readonly at: string
  /** ISO moment, UTC; spans only. Open spans have none. */
  readonly until?: string
  /** Whether a record explains it; only contacts, stays and look-ups ask. */
  readonly explained?: boolean
  /** Kind of the record that explains it, such as `allocation`. */
  readonly because?: string
  /** The record that explains it, as `feed:key`. */
  readonly becauseRecord?: string
  readonly duty: DutyAt
  /** Contacts that the member of staff said they had had; declarations only. */
  readonly said?: number
  /** Plain English, with no name or number of anyone in it. */
  readonly text: string
}

export type PairRecord = {
  /** Oldest first. */
  readonly facts: readonly RecordedFact[]
  /** True when a lane held more than `laneLimit` rows and only the newest are here. */
  readonly cut: boolean
}

/** Most rows of one lane that are read: a page with more is not read by anybody. */
const laneLimit = 2_000

type Asked = {
  readonly staffId: string
  /** A person, or the bare number where nobody has it. */
  readonly personId: string
  /** First day, `YYYY-MM-DD`. */
  readonly from?: string | undefined
  /** Last day, `YYYY-MM-DD`. */
  readonly to?: string | undefined
}

/**
 * Everything the records hold about a member of staff and a person, as facts for the timeline and its table.
 * A lane whose facts were never built is empty. A concern about the member of staff alone has no pair, and so no record.
 */
export const readPairRecord = async (lake: Lake, asked: Asked): Promise<PairRecord> => {
  if (asked.personId === '') return { facts: [], cut: false }
  const built = await builtTables(lake)
  const params = {
    staff: asked.staffId,
    person: asked.personId,
    from: `${asked.from ?? '1971-01-01'} 00:00:00`,
    to: `${asked.to ?? '2105-12-31'} 23:59:59`,
    most: laneLimit,
  }
  const read = async <Name extends keyof PairRows>(name: Name): Promise<readonly PairRows[Name][]> => {
    const { sql, needs } = pairQueries[name]
    return needs.every(table => built.has(table)) ? await lake.kept<PairRows[Name]>(sql, params) : []
  }
  const [sequences, duties, reasons, cases, contacts, stays, lookUps, declared, purposes] = await Promise.all(
    [
      read('sequences'),
      read('duties'),
      read('reasons'),
      read('cases'),
      read('contacts'),
      read('stays'),
      read('lookUps'),
      read('declared'),
      read('purposes'),
    ],
  )
  const purposeOf = new Map(purposes.map(row => [`${row.fact} ${row.id}`, row]))
  const facts: RecordedFact[] = [
    ...sequences.map(row => span('sequence', row, { duty: '', text: sequenceWords(row) })),
    ...cases.map(row => span('case', row, { duty: '', text: row.text })),
    ...reasons.map(row =>
      span(reasonLane(row.kind), row, { duty: '', explained: true, text: reasonWords(row) }),
    ),
    ...duties.map(row => span('duty', row, { duty: dutyOf(row.state), text: dutyWords(row) })),
    ...contacts.map(row => judged('contact', row, purposeOf.get(`contact ${row.id}`), contactWords(row))),
    ...stays.map(row => judged('stay', row, purposeOf.get(`stay ${row.id}`), stayWords(row))),
    ...lookUps.map(row => judged('look-up', row, purposeOf.get(`look_up ${row.id}`), lookUpWords(row))),
    ...declared.map(row => ({
      ...span('declared', row, { duty: '', text: declaredWords(row.kind, row.said) }),
      ...(row.said === null ? {} : { said: row.said }),
    })),
  ]
  return {
    facts: facts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    cut: [duties, reasons, contacts, stays, lookUps].some(rows => rows.length >= laneLimit),
  }
}

/** Rows in the lake write a moment as `2026-06-01 02:00:00`, in UTC. */
const iso = (moment: string): string => `${moment.replace(' ', 'T')}Z`

/** The last moment a DateTime can hold stands for an open end. */
const isOpen = (moment: string): boolean => moment === '' || moment > '2106-01-01' || moment < '1971'

type Timed = { readonly id: string; readonly at: string; readonly until: string }

const span = (
  lane: Lane,
  row: Timed,
  rest: Pick<RecordedFact, 'duty' | 'text'> & { explained?: boolean },
): RecordedFact => ({
  lane,
  id: row.id,
  at: iso(row.at),
  ...(isOpen(row.until) ? {} : { until: iso(row.until) }),
  ...rest,
})

const judged = (
  lane: Lane,
  row: Timed & { readonly duty_state: string },
  purpose: PairRows['purposes'] | undefined,
  text: string,
): RecordedFact => ({
  lane,
  id: row.id,
  at: iso(row.at),
  ...(isOpen(row.until) || row.until === row.at ? {} : { until: iso(row.until) }),
  explained: purpose?.explained ?? false,
  ...(purpose === undefined || purpose.because === ''
    ? {}
    : { because: purpose.because, becauseRecord: purpose.because_record }),
  duty: dutyOf(row.duty_state),
  text,
})

const duties: readonly string[] = ['on_duty', 'on_call', 'off', 'absent']

const dutyOf = (state: string): DutyAt => (duties.includes(state) ? (state as DutyAt) : 'not_known')

const reasonLane = (kind: string): Lane =>
  kind === 'allocation' || kind === 'assignment' ? 'case' : 'attendance'
