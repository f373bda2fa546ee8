import type { Concern } from '../../../concerns/concern.ts'
import { dispositions } from '../../../concerns/dispositions.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import type { Paper, PaperBlock, PaperCell } from '../../../ui/paper.ts'
import { dayWords, momentWords, plainDays, pointsWords, timeWords, versionWords } from '../../../ui/words.ts'
import type { ConcernRecord } from './concern-record.ts'
import { headingOf } from './concern-view.ts'
import { explanationRows } from './explanations-view.ts'
import type { FrequencyView } from './frequency-view.ts'
import { partsView } from './parts-view.ts'

type Printed = {
  readonly concern: Concern
  readonly record: ConcernRecord
  readonly matrix: Pick<Matrix, 'bands'>
  readonly frequency: FrequencyView
  /** Who prints it, and when: it stands on the paper, as in the log. */
  readonly by: string
  readonly at: Date
}

/** How much of a concern is printed. The page in the app has all of it. */
type Detail = {
  /** Records that a line names; the rest are counted. */
  readonly records: number
  /** Whether the table of explanations holds those that nobody can tell; else they are told in a paragraph. */
  readonly untold: boolean
}

/** From the fullest to the briefest: what does not fit one page is told in fewer words before it takes a second. */
export const concernPapers = (printed: Printed): readonly [Paper, Paper] => [
  concernPaper(printed, { records: 4, untold: true }),
  concernPaper(printed, { records: 2, untold: false }),
]

/** A concern as it is printed: the sentence first, then what it rests on, and what could explain it. Names as the reader may see them. */
const concernPaper = ({ concern, record, matrix, frequency, by, at }: Printed, detail: Detail): Paper => {
  const { ref } = concern
  const explanations = explanationRows(
    record.explanations,
    record.window.facts,
    concern.parts.flatMap(part => part.voidCredits ?? []),
  )
  return {
    title: `Concern ${ref}`,
    blocks: [
      { kind: 'title', text: `${headingOf(concern)}: ${bandWords(concern.band)}` },
      { kind: 'quiet', text: standingOf(concern) },
      { kind: 'quiet', text: namesOf(concern, at) },
      { kind: 'strong', text: plainDays(concern.account) },
      { kind: 'text', text: frequency.sentence },
      { kind: 'quiet', text: frequency.basis.join(' ') },
      ...partsBlocks({ ...concern, parts: record.parts }, matrix, detail),
      { kind: 'heading', text: 'Innocent explanations, tested' },
      ...explanationBlocks(explanations, detail),
      { kind: 'heading', text: 'Coverage' },
      { kind: 'text', text: coverageWords(record) },
      { kind: 'heading', text: 'Decision' },
      { kind: 'text', text: decisionOf(concern) },
    ].filter((block): block is PaperBlock => !('text' in block) || block.text !== ''),
    foot: `Concern ${ref}, printed from Upstander by ${by} on ${momentWords(at)}, which is in the log. A score ranks what a person reads and decides nothing; missing data is not innocence, and not guilt.`,
  }
}

const bandWords = (band: Concern['band']): string => (band === 'none' ? 'below every band' : band)

const standingOf = (concern: Concern): string =>
  [
    `Concern ${concern.ref}`,
    `opened ${dayWords(concern.openedAt)}`,
    `as detection had it on ${dayWords(concern.onDay)}`,
    ...(concern.dueOn === undefined
      ? []
      : [`${concern.late ? 'decision overdue since' : 'decide by'} ${dayWords(concern.dueOn)}`]),
  ].join(', ') + '.'

const monthFormat = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
})

const namesOf = ({ masked, shownUntil }: Concern, at: Date): string =>
  masked
    ? `Identities are masked. The masked names hold for ${monthFormat.format(at)}.`
    : `Identities are shown: they were unmasked for this reader${shownUntil === undefined ? '' : `, until ${dayWords(shownUntil)}, ${timeWords(shownUntil)}`}. Keep this paper as you would keep the records.`

const partsBlocks = (
  concern: Parameters<typeof partsView>[0],
  matrix: Pick<Matrix, 'bands'>,
  detail: Detail,
): PaperBlock[] => {
  const parts = partsView(concern, matrix.bands)
  const rows: PaperCell[][] = concern.parts.flatMap((part, at) => [
    ...part.indicators.map((each, place): PaperCell[] => [
      place === 0 ? part.familyName : '',
      `${plainDays(each.sentence)} (${each.id}, version ${versionWords(each.version, each.edition)})`,
      recordsWords(each.evidence, detail),
      pointsWords(each.points),
    ]),
    ...part.credits.map((credit): PaperCell[] => [
      '',
      `Credit: ${credit.title}`,
      credit.recordId,
      pointsWords(credit.points),
    ]),
    ...(part.indicators.length + part.credits.length > 1 || (parts.rows[at]?.note ?? '') !== ''
      ? [
          [
            '',
            {
              text: [`${part.familyName} together`, parts.rows[at]?.note ?? '']
                .filter(words => words !== '')
                .join('. '),
              across: 2,
            },
            { text: pointsWords(part.points), strong: true },
          ],
        ]
      : []),
  ])
  return [
    { kind: 'heading', text: parts.heading },
    {
      kind: 'table',
      columns: [
        { head: 'Family', width: 12 },
        { head: 'What counts, by which indicator', width: 47 },
        { head: 'Records behind it', width: 32 },
        { head: 'Points', width: 9, right: true },
      ],
      rows: [
        ...rows,
        ...(concern.bonus > 0
          ? [
              [
                'Agreement',
                { text: 'Three or more independent sources agree on this pair.', across: 2 },
                pointsWords(concern.bonus),
              ],
            ]
          : []),
        ['Total', { text: parts.totalNote, across: 2 }, { text: parts.total, strong: true }],
      ],
    },
  ]
}

/** What was found, and what nobody can tell with the record that would settle it; what was looked for and not found, in a sentence. */
const explanationBlocks = (
  rows: ReturnType<typeof explanationRows>,
  { untold, ...detail }: Detail,
): PaperBlock[] => {
  const inTable = rows.filter(row => row.result === 'found' || (untold && row.result === 'cannot_tell'))
  const paragraph = (head: string, told: readonly string[]): PaperBlock => ({
    kind: 'text',
    text: told.length === 0 ? '' : `${head} ${told.join(' ')}`,
  })
  return [
    {
      kind: 'table',
      columns: [
        { head: 'Explanation', width: 37 },
        { head: 'Result', width: 11 },
        { head: 'What the records say', width: 27 },
        { head: 'What would settle it', width: 25 },
      ],
      rows: inTable.map(row => [
        row.question,
        { text: row.resultWords, strong: true },
        [row.says, recordsWords(row.records, detail)].filter(words => words !== '').join(' '),
        row.settle.charAt(0).toUpperCase() + row.settle.slice(1),
      ]),
    },
    paragraph(
      'Cannot tell:',
      rows
        .filter(row => row.result === 'cannot_tell' && !inTable.includes(row))
        .map(row => `${row.question} It would take ${row.settle}.`),
    ),
    paragraph(
      'Looked for and not found:',
      rows.filter(row => row.result === 'not_found').map(row => row.question),
    ),
  ]
}

const recordsWords = (records: readonly string[], { records: most }: Pick<Detail, 'records'>): string =>
  records.length <= most
    ? records.join(', ')
    : `${records.slice(0, most).join(', ')} and ${records.length - most} more`

const coverageWords = ({ coverage }: ConcernRecord): string => {
  const missing = coverage.feeds.filter(feed => !feed.held)
  return missing.length === 0
    ? coverage.summary
    : `${coverage.summary} Short: ${missing.map(feed => `${feed.name} (${feed.words})`).join('; ')}.`
}

const decisionOf = ({ dispositions: made }: Concern): string => {
  const last = made.find(each => each.undoneAt === undefined)
  return last === undefined
    ? 'None recorded.'
    : `${dispositions[last.kind].label.replace('…', '')}, by ${last.by} on ${momentWords(last.at)}, at ${bandWords(last.band)}: ${last.reason}`
}
