import type { Lake } from '../lake/lake.ts'
import type { Feed } from './feeds.ts'
import type { Inspection } from './inspect-file.ts'
import type { StagingNames } from './staging-tables.ts'
import { swappedSentence } from './swapped-coordinates.ts'

/** What was odd about a file's bytes and was put right on the way in. */
export const inspectionNotes = (inspection: Inspection): string[] => [
  ...(inspection.byteOrderMark ? ['It starts with a byte-order mark, which was skipped.'] : []),
  ...(inspection.windowsLineEnds ? ['It has Windows line ends, which were read as line ends.'] : []),
  ...(inspection.encoding === 'windows-1252'
    ? [
        'Its text is not UTF-8 and was read as Latin-1 (Windows-1252). Check an accented letter, and save it as UTF-8 next time.',
      ]
    : []),
  ...(inspection.encoding === 'utf-16le'
    ? ['Its text is UTF-16 and was turned to UTF-8. Save it as UTF-8 next time.']
    : []),
]

/** Odd spellings that were accepted, one sentence a column, and a warning when a file's coordinates look swapped throughout. */
export const rowNotes = async (
  lake: Lake,
  feed: Feed,
  names: StagingNames,
  rows: number,
): Promise<string[]> => {
  const odd = await lake.rows<{ field: string; number: number; example: string }>(
    `select field, sum(number) as number, any(example) as example from ${names.notes} group by field order by field`,
  )
  const [swapped] = await lake.rows<{ n: number }>(
    `select count() as n from ${names.rejects} where reason = {reason:String}`,
    { reason: swappedSentence },
  )
  const swaps = swapped?.n ?? 0
  return [
    ...odd.map(({ field, number, example }) => {
      const type = feed.fields.find(candidate => candidate.name === field)
      const done = type?.values
        ? 'list'
        : type?.countryCode === undefined
          ? (type?.type ?? 'string')
          : 'telephone'
      return `${number} ${number === 1 ? 'value' : 'values'} of ${field}, such as '${example}', ${accepted[done](number)}`
    }),
    ...(swaps > 0 && swaps * 2 > rows
      ? [
          `In ${swaps} of ${rows} rows lat and lon look swapped: swap the two columns and supply the file again.`,
        ]
      : []),
  ]
}

const was = (number: number): string => (number === 1 ? 'was' : 'were')

const accepted = {
  list: (number: number) =>
    `${was(number)} written in other letters and read as the contract spells ${number === 1 ? 'it' : 'them'}.`,
  datetime: (number: number) => `${was(number)} not written as UTC to the second and turned to it.`,
  date: (number: number) => `${was(number)} written with a time of midnight, which was left out.`,
  number: (number: number) => `had spaces around ${number === 1 ? 'it' : 'them'}, which were left out.`,
  integer: (number: number) => `${was(number)} written with decimals or spaces and read as whole.`,
  boolean: (number: number) => `${was(number)} read as true or false.`,
  telephone: (number: number) => `${was(number)} not written as E.164 and turned to it.`,
  string: (number: number) => `had spaces around ${number === 1 ? 'it' : 'them'}, which were left out.`,
} as const
