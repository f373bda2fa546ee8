import { recordWords } from './record-words.ts'

/** How much of a concern is printed. */
export type PaperDetail = {
  /** Records that a line names; the rest are counted. */
  readonly records: number
  /** Signs of a family with a line and a sentence of their own; the rest by their indicator, version and points. */
  readonly signs: number
  /** Results of explanations that stand in the table, each with the record that would settle it; others are told in a paragraph. */
  readonly tabled: readonly string[]
  /** Whether each explanation that was not found is named, or all are counted. */
  readonly notFound: 'named' | 'counted'
  /** Letters of the reason for a decision. */
  readonly letters: number
  /** What the paper says it leaves out; empty where every line says so itself. */
  readonly leftOut: string
}

const rest = 'The concern in Upstander has all of it.'

/** From the fullest to the briefest. The last fits one page whatever a concern holds. */
export const details: readonly [PaperDetail, ...PaperDetail[]] = [
  {
    records: 4,
    signs: Infinity,
    tabled: ['found', 'cannot_tell'],
    notFound: 'named',
    letters: 2_000,
    leftOut: '',
  },
  { records: 2, signs: Infinity, tabled: ['found'], notFound: 'named', letters: 2_000, leftOut: '' },
  {
    records: 1,
    signs: 2,
    tabled: ['found'],
    notFound: 'counted',
    letters: 500,
    leftOut: `Left out for want of room: the sentences of the weaker signs of each family, and the explanations that were not found. ${rest}`,
  },
  {
    records: 0,
    signs: 0,
    tabled: [],
    notFound: 'counted',
    letters: 300,
    leftOut: `Left out for want of room: the sentence and the records of each sign, what would settle each explanation, and those that were not found. ${rest}`,
  },
]

/** The records that a line names, and how many more there are. */
export const recordsWords = (
  records: readonly string[],
  { records: most }: Pick<PaperDetail, 'records'>,
): string => {
  if (records.length <= most) return recordWords(records)
  if (most === 0) return ''
  return `${recordWords(records.slice(0, most))} and ${records.length - most} more`
}
