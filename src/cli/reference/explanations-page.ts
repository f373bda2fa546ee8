import { readCredits } from '../../detection/credits.ts'
import { readExplanations, type Explanation } from '../../detection/explanations.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

/** Every innocent explanation: how the records answer it, which indicators name it, what would settle it and who has that record. */
export const explanationsPage: ReferencePage = {
  file: 'innocent-explanations.md',
  write: () => {
    const { explanations, cautions } = readExplanations(readCredits())
    const untested = explanations.filter(each => each.test.by === 'nothing')
    return page('Innocent explanations', [
      `${String(explanations.length)} innocent explanations. ${String(explanations.length - untested.length)} are looked for in the records of the pair: found, not found, or "cannot tell" where a feed is missing. ${String(untested.length)} no record that is supplied can show: they too are "cannot tell", and say whom to ask. Only a credit takes points off; finding another explanation leaves the score alone, for a person to weigh.`,
      '## Looked for in the records',
      tableOf(explanations.filter(each => each.test.by !== 'nothing')),
      '## No record can show',
      tableOf(untested),
      '## Cautions',
      'What indicators say beside their explanations, and no record could show or refute. They stand on the indicator’s own page.',
      list(Object.entries(cautions).flatMap(([id, lines]) => lines.map(line => `${code(id)}: ${line}`))),
    ])
  },
}

const tableOf = (explanations: readonly Explanation[]): string =>
  table(
    ['explanation', 'question', 'needs', 'would settle it', 'who has it', 'named by'],
    explanations.map(each => [
      `${each.title} (${code(each.id)})`,
      each.question,
      needsOf(each),
      each.settledBy.record,
      each.settledBy.owner,
      Object.keys(each.explains).map(code).join(', ') ||
        (each.test.by === 'credit' ? `every indicator of ${each.test.credit.families.join(', ')}` : ''),
    ]),
  )

const needsOf = ({ test }: Explanation): string => {
  if (test.by === 'nothing') return 'nothing that is supplied'
  return test.by === 'credit' ? `${test.credit.feeds.join(', ')} (a credit)` : test.feeds.join(', ')
}
