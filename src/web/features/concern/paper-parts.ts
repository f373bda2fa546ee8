import type { Concern } from '../../../concerns/concern.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import type { PaperBlock, PaperCell } from '../../../ui/paper.ts'
import { countWords, plainDays, pointsWords, versionWords } from '../../../ui/words.ts'
import { recordsWords, type PaperDetail } from './paper-detail.ts'
import { partsView } from './parts-view.ts'

type Part = Concern['parts'][number]
type Sign = Part['indicators'][number]

/** The score's parts as a table: a line for every sign that there is room for, the weaker ones of a family on one line. */
export const partsBlocks = (
  concern: Parameters<typeof partsView>[0],
  matrix: Pick<Matrix, 'bands'>,
  detail: PaperDetail,
): PaperBlock[] => {
  const parts = partsView(concern, matrix.bands)
  const [what, behind] = detail.signs === 0 ? [66, 13] : [47, 32]
  return [
    { kind: 'heading', text: parts.heading },
    {
      kind: 'table',
      columns: [
        { head: 'Family', width: 12 },
        { head: 'What counts, by which indicator', width: what },
        { head: 'Records behind it', width: behind },
        { head: 'Points', width: 9, right: true },
      ],
      rows: [
        ...concern.parts.flatMap((part, at) => partRows(part, parts.rows[at]?.note ?? '', detail)),
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

const partRows = (part: Part, note: string, detail: PaperDetail): PaperCell[][] => {
  const signs = part.indicators.toSorted((a, b) => b.points - a.points)
  if (detail.signs === 0) return [familyRow(part, signs)]
  const told = signs.slice(0, detail.signs)
  const weaker = signs.slice(detail.signs)
  const rows: PaperCell[][] = [
    ...told.map((each): PaperCell[] => [
      `${plainDays(each.sentence)} (${named(each)})`,
      recordsWords(each.evidence, detail),
      pointsWords(each.points),
    ]),
    ...(weaker.length === 0 ? [] : [[`Also: ${worth(weaker)}`, recordsOf(weaker), '']]),
    ...part.credits.map((credit): PaperCell[] => [
      `Credit: ${credit.title}`,
      recordsWords([credit.recordId], detail),
      pointsWords(credit.points),
    ]),
    ...(signs.length + part.credits.length > 1 || note !== ''
      ? [
          [
            {
              text: [`${part.familyName} together`, note].filter(words => words !== '').join('. '),
              across: 2,
            },
            { text: pointsWords(part.points), strong: true },
          ],
        ]
      : []),
  ]
  return rows.map((row, at) => [at === 0 ? part.familyName : '', ...row])
}

/** A family on one line: its signs and credits by name, version and points. */
const familyRow = ({ familyName, credits, points }: Part, signs: readonly Sign[]): PaperCell[] => [
  familyName,
  [worth(signs), ...credits.map(each => `Credit: ${each.title} ${pointsWords(each.points)}`)].join('; '),
  recordsOf(signs),
  { text: pointsWords(points), strong: true },
]

const worth = (signs: readonly Sign[]): string =>
  signs.map(each => `${named(each)} ${pointsWords(each.points)}`).join('; ')

const recordsOf = (signs: readonly Sign[]): string =>
  countWords(
    signs.reduce((total, each) => total + each.evidence.length, 0),
    'record',
  )

const named = ({ id, version, edition }: Sign): string => `${id}, version ${versionWords(version, edition)}`
