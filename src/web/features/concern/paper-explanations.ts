import type { PaperBlock } from '../../../ui/paper.ts'
import type { explanationRows } from './explanations-view.ts'
import { recordsWords, type PaperDetail } from './paper-detail.ts'
import { capital } from '../../../core/capital.ts'

type Row = ReturnType<typeof explanationRows>[number]

/** What was found, and what nobody can tell with the record that would settle it; what was looked for and not found, in a sentence. */
export const explanationBlocks = (rows: readonly Row[], detail: PaperDetail): PaperBlock[] => {
  const inTable = rows.filter(row => detail.tabled.includes(row.result))
  const outside = (result: string): Row[] =>
    rows.filter(row => row.result === result && !inTable.includes(row))
  const notFound = outside('not_found')
  return [
    ...(inTable.length === 0 ? [] : [tableOf(inTable, detail)]),
    paragraph(
      'Found:',
      outside('found').map(row => row.question),
    ),
    paragraph('Cannot tell:', named(outside('cannot_tell'), detail)),
    detail.notFound === 'named'
      ? paragraph(
          'Looked for and not found:',
          notFound.map(row => row.question),
        )
      : {
          kind: 'text',
          text: notFound.length === 0 ? '' : `Looked for and not found: ${notFound.length} more.`,
        },
  ]
}

/** Explanations that nobody can tell: each with what would settle it where there is room, else the first few. */
const named = (rows: readonly Row[], { tabled }: PaperDetail): string[] => {
  if (tabled.length > 0) return rows.map(row => `${row.question} It would take ${row.settle}.`)
  const few = rows.slice(0, fewExplanations).map(row => row.question)
  return rows.length > few.length ? [...few, `And ${rows.length - few.length} more.`] : few
}

/** Explanations named on the briefest paper. */
const fewExplanations = 8

const paragraph = (head: string, told: readonly string[]): PaperBlock => ({
  kind: 'text',
  text: told.length === 0 ? '' : `${head} ${told.join(' ')}`,
})

const tableOf = (rows: readonly Row[], detail: PaperDetail): PaperBlock => ({
  kind: 'table',
  columns: [
    { head: 'Explanation', width: 37 },
    { head: 'Result', width: 11 },
    { head: 'What the records say', width: 27 },
    { head: 'What would settle it', width: 25 },
  ],
  rows: rows.map(row => [
    row.question,
    { text: row.resultWords, strong: true },
    [row.says, recordsWords(row.records, detail)].filter(words => words !== '').join(' '),
    capital(row.settle),
  ]),
})
