import { contentFingerprint } from '../../../evaluation/content-fingerprint.ts'
import type { Evaluation, Figure, Section } from '../../../evaluation/figure.ts'
import { figureText, intervalText, rulesText, valueText } from '../../../evaluation/figure-text.ts'
import { headlinesOf, standsTo, type Headline } from '../../../evaluation/headlines.ts'
import { paths } from '../../paths.ts'

/**
 * The page of one of several evaluations; without any, what to do.
 * @param wanted place in the list, counted from 0, as typed; the first where it is none of them
 */
export const evaluationView = (evaluations: readonly Evaluation[], wanted: unknown) => {
  const place = evaluations.findIndex((_, at) => String(at) === wanted)
  const evaluation = evaluations[Math.max(0, place)]
  return {
    title: 'How well detection works',
    forces: evaluations.map((each, at) => ({
      name: each.about.name,
      href: `${paths.evaluation}?force=${at}`,
      current: each === evaluation,
    })),
    measured: evaluation && {
      about: evaluation.about,
      interval: intervalText(evaluation),
      rules: rulesText(evaluation),
      outOfDate: evaluation.about.content !== contentFingerprint(),
      headlines: headlinesOf(evaluation).map(headlineRow),
      sections: evaluation.sections.map(sectionView),
    },
  }
}

const headlineRow = (headline: Headline) => {
  const { label, unit, figure, aim } = headline
  const stands = standsTo(headline)
  return {
    label,
    figure: figure.value === null ? 'Nothing to measure' : valueText(figure.value, unit),
    doubt: doubtOf(figure, unit),
    aim: aim?.words ?? '',
    stands,
    tone: stands === 'met' ? 'found' : stands === 'missed' ? 'not_found' : 'cannot_tell',
    bar: unit === 'share' ? barOf(figure, aim?.value) : undefined,
  }
}

/** What stands behind a figure's value: so many of so many, and the interval. */
const doubtOf = (figure: Figure, unit: Headline['unit']): string =>
  figure.value === null
    ? ''
    : figureText(figure, unit).slice(valueText(figure.value, unit).length).replace(/^, /, '')

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`

/** Where a share, its interval and its aim lie on a line from none to all. */
const barOf = ({ value, low, high }: Figure, aim: number | undefined) =>
  value === null
    ? undefined
    : {
        value: percent(value),
        low: percent(low ?? value),
        high: percent(high ?? value),
        aim: aim === undefined ? undefined : percent(aim),
      }

const sectionView = ({ key, title, about, columns, rows }: Section) => ({
  key,
  title,
  about,
  columns: columns.map(({ label }) => label),
  rows: rows.map(({ label, cells, remark }) => ({
    label,
    remark: remark ?? '',
    cells: cells.map((cell, at) => ({
      label: columns[at]?.label ?? '',
      text: figureText(cell, columns[at]?.unit ?? 'number'),
    })),
  })),
  remarks: rows.some(({ remark }) => remark !== undefined),
})
