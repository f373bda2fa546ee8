import { readCredits, type Credit } from '../../detection/credits.ts'
import { readIndicators, type Indicator } from '../../detection/indicators.ts'
import { families, readMatrix, type Matrix } from '../../detection/matrix.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

/** What is looked for, what speaks for the member of staff, and how both become a band. */
export const indicatorsPage: ReferencePage = {
  file: 'indicators.md',
  write: () => {
    const matrix = readMatrix()
    const indicators = readIndicators()
    return page('Indicators', [
      `${indicators.length} indicators and ${readCredits().length} credits. Points are decibans: ten times the decimal logarithm of the likelihood ratio. E: the weight rests on evidence; J: it is expert judgement. Numbers are those of the catalogue of the evidence base.`,
      matrixOf(matrix),
      ...families.flatMap(family => {
        const own = indicators.filter(each => each.family === family)
        return own.length === 0 ? [] : [`## ${matrix.families[family].name}`, ...own.map(indicatorText)]
      }),
      '## Credits',
      'Innocent explanations that the records themselves can show. Each takes points off its own families alone. What would settle each is in [innocent explanations](innocent-explanations.md).',
      ...readCredits().map(credit => creditText(credit, matrix)),
    ])
  },
}

const matrixOf = (matrix: Matrix): string =>
  [
    '## Bands',
    table(
      ['band', 'from points', 'what follows', 'source', 'confidence'],
      matrix.bands.map(each => [each.band, String(each.points), each.action, each.source, each.confidence]),
    ),
    'Confidence: A read in a primary source, B in a secondary one, C calculated, D judgement.',
    '## Families',
    `Within a family the strongest indicator counts in full and the second at ${String(matrix.second_share)}; the cap holds what one family may give.`,
    table(
      ['family', 'cap', 'points halve after', 'counts'],
      families.map(family => {
        const { name, cap, half_life_days: days, tops_up: drawnFrom } = matrix.families[family]
        const counts =
          drawnFrom.length === 0
            ? 'in full'
            : `only what ${drawnFrom.map(each => matrix.families[each].name.toLowerCase()).join(', ')} together fall short of it`
        return [name, String(cap), days === undefined ? 'do not fade' : `${String(days)} days`, counts]
      }),
    ),
  ].join('\n\n')

const indicatorText = (each: Indicator): string =>
  [
    `### ${each.number === undefined ? '' : `${String(each.number)} `}${each.title}`,
    `${code(each.id)}, version ${String(each.version)}, ${each.status}, about ${aboutWhat[each.unit]}. ${each.evidence.label}: ${each.evidence.source}.`,
    `**Question.** ${each.question}`,
    `**Points.** ${each.points}`,
    ...(each.supporting
      ? ['**Supports only.** A pair must reach the least points of its own without it.']
      : []),
    `**Feeds.** ${each.feeds.join(', ')}.`,
    ...(Object.keys(each.parameters).length === 0
      ? []
      : [
          table(
            ['parameter', 'value', 'reason'],
            Object.entries(each.parameters).map(([name, { value, reason }]) => [
              code(name),
              Array.isArray(value) ? value.join(', ') : String(value),
              reason,
            ]),
          ),
        ]),
    `**Lawful explanations**\n\n${list(each.lawful_explanations)}`,
    `**Limits**\n\n${list(each.limits)}`,
    `**To review**\n\n${list(each.review_steps)}`,
  ].join('\n\n')

const aboutWhat = {
  pair: 'a pair',
  staff: 'a member of staff alone',
  person: 'a member of the public alone',
} as const satisfies Record<Indicator['unit'], string>

const creditText = (credit: Credit, matrix: Matrix): string =>
  [
    `### ${credit.title}`,
    `${code(credit.id)}. Counts in ${credit.families.map(family => matrix.families[family].name.toLowerCase()).join(', ')}.${credit.role ? ' A legitimate role: it lapses where the volume is far beyond the post.' : ''} Confidence ${credit.confidence}: ${credit.source}.`,
    `**Question.** ${credit.question}`,
  ].join('\n\n')
