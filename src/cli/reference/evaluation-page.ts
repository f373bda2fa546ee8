import { contentFingerprint } from '../../evaluation/content-fingerprint.ts'
import type { Evaluation, Section } from '../../evaluation/figure.ts'
import { aboutText, figureText, intervalText } from '../../evaluation/figure-text.ts'
import { headlinesOf } from '../../evaluation/headlines.ts'
import { shippedEvaluations } from '../../evaluation/shipped-evaluations.ts'
import { code, list, page, table, type ReferencePage } from './markdown.ts'

/** How well detection was measured to work, from the figures of `upstander evaluate --out`. */
export const evaluationPage: ReferencePage = {
  file: 'evaluation.md',
  write: () => {
    const evaluations = shippedEvaluations()
    return page('Evaluation', [
      `What detection finds of what is known to be there, how soon, and whom it troubles for nothing. Written from the figures in ${code('content/evaluation/')}, which ${code('npx upstander evaluate --truth DIR --out FILE')} makes. The forces are made up, and nothing is tuned on them: the same weights come from the evidence, and figures on a force of another make may be better or worse.`,
      ...(evaluations.length === 0
        ? ['There are no figures yet.']
        : [stale(evaluations), '## In short', inShort(evaluations), ...evaluations.map(whole)]),
    ])
  },
}

const stale = (evaluations: readonly Evaluation[]): string => {
  const now = contentFingerprint()
  const old = evaluations.filter(each => each.about.content !== now)
  return old.length === 0
    ? `All figures are of the content as it is, ${code(now)}.`
    : `The content is now ${code(now)}. Measured before its last change: ${old.map(each => `${each.about.name} (${code(each.about.content)})`).join(', ')}.`
}

const inShort = (evaluations: readonly Evaluation[]): string => {
  const columns = evaluations.map(headlinesOf)
  const rows = columns[0] ?? []
  return table(
    ['', 'aim', ...evaluations.map(each => each.about.name)],
    rows.map(({ key, label, unit, aim }) => [
      label,
      aim?.words ?? '',
      ...columns.map(column => {
        const found = column.find(each => each.key === key)
        return found === undefined ? '–' : figureText(found.figure, unit)
      }),
    ]),
  )
}

const whole = (evaluation: Evaluation): string =>
  [
    `## ${evaluation.about.name}`,
    list([aboutText(evaluation), intervalText(evaluation), `Made on ${evaluation.about.made_on}.`]),
    ...evaluation.sections.filter(({ rows }) => rows.length > 0).map(sectionOf),
  ].join('\n\n')

const sectionOf = ({ title, about, columns, rows }: Section): string => {
  const remarks = rows.some(({ remark }) => remark !== undefined)
  return [
    `### ${title}`,
    about,
    table(
      ['', ...columns.map(({ label }) => label), ...(remarks ? ['remark'] : [])],
      rows.map(({ label, cells, remark }) => [
        label,
        ...cells.map((cell, at) => figureText(cell, columns[at]?.unit ?? 'number')),
        ...(remarks ? [remark ?? ''] : []),
      ]),
    ),
  ].join('\n\n')
}
