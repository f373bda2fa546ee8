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

/** Records of one line that are named on paper; the rest are counted, and the page in the app has them all. */
const mostRecords = 4

/** A concern as it is printed: the sentence first, then what it rests on, and what could explain it. Names as the reader may see them. */
export const concernPaper = ({ concern, record, matrix, frequency, by, at }: Printed): Paper => {
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
      ...partsBlocks({ ...concern, parts: record.parts }, matrix),
      { kind: 'heading', text: 'Innocent explanations, tested' },
      {
        kind: 'table',
        columns: [
          { head: 'Explanation', width: 42 },
          { head: 'Result', width: 14 },
          { head: 'What the records say', width: 44 },
        ],
        rows: explanations.map(row => [
          row.question,
          { text: row.resultWords, strong: true },
          [row.says, recordsWords(row.records)].filter(words => words !== '').join(' '),
        ]),
      },
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
): PaperBlock[] => {
  const parts = partsView(concern, matrix.bands)
  const rows: PaperCell[][] = concern.parts.flatMap((part, at) => [
    ...part.indicators.map((each, place): PaperCell[] => [
      place === 0 ? part.familyName : '',
      `${plainDays(each.sentence)} (${each.id}, version ${versionWords(each.version, each.edition)})`,
      recordsWords(each.evidence),
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

const recordsWords = (records: readonly string[]): string =>
  records.length <= mostRecords
    ? records.join(', ')
    : `${records.slice(0, mostRecords).join(', ')} and ${records.length - mostRecords} more`

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
