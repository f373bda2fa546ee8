import type { Evaluation, Figure, Unit } from './figure.ts'

/** A figure that detection is held to, and what is aimed at on forces its authors have not seen. */
export type Headline = {
  readonly key: string
  readonly label: string
  readonly unit: Unit
  readonly figure: Figure
  readonly aim: { readonly value: number; readonly least: boolean; readonly words: string } | undefined
}

type Place = Omit<Headline, 'figure' | 'aim'> & {
  readonly at: readonly [section: string, row: string, column: string]
  readonly aim?: Headline['aim']
}

// The budget is held to false reviews here: a made-up force holds so many offenders that true ones alone would use it up.
const places: readonly Place[] = [
  {
    key: 'recall',
    label: 'Offenders found who left a trace, at 5 false reviews per 1,000 staff a month',
    unit: 'share',
    at: ['workload', 'false_budget', 'recall_visible'],
    aim: { value: 0.85, least: true, words: 'at least 85 %' },
  },
  {
    key: 'recall_review',
    label: 'Offenders found who left a trace, with the whole review band read',
    unit: 'share',
    at: ['workload', 'review', 'recall_visible'],
  },
  {
    key: 'new_reviews',
    label: 'New reviews per 1,000 staff and 30 days',
    unit: 'number',
    at: ['workload', 'review', 'new_reviews'],
    aim: { value: 5, least: false, words: 'at most 5' },
  },
  {
    key: 'precision',
    label: 'Right, of staff at develop or above',
    unit: 'share',
    at: ['precision', 'develop_or_above', 'staff'],
    aim: { value: 0.5, least: true, words: 'at least 50 %' },
  },
  {
    key: 'false_by_role',
    label: 'Reviewed, of 100 innocent staff in roles of much contact',
    unit: 'per_100',
    at: ['false_by_role', 'any_role', 'review'],
    aim: { value: 0.02, least: false, words: 'at most 2' },
  },
  {
    key: 'days',
    label: 'Days from first trace to review, median',
    unit: 'days',
    at: ['timing', 'median', 'days'],
    aim: { value: 7, least: false, words: 'at most 7' },
  },
  {
    key: 'right_person',
    label: 'First review names a victim, of offenders found',
    unit: 'share',
    at: ['right_person', 'first', 'share'],
  },
  { key: 'dark', label: 'Dark offenders found: nobody can', unit: 'share', at: ['recall', 'dark', 'review'] },
]

/** The figure at a section, row and column; undefined where the evaluation has none there. */
const figureAt = (
  { sections }: Evaluation,
  [section, row, column]: readonly [section: string, row: string, column: string],
): Figure | undefined => {
  const found = sections.find(each => each.key === section)
  const at = found?.columns.findIndex(each => each.key === column) ?? -1
  return found?.rows.find(each => each.key === row)?.cells[at]
}

/** The few figures that say most, with what is aimed at. */
export const headlinesOf = (evaluation: Evaluation): Headline[] =>
  places.flatMap(({ at, aim, ...rest }) => {
    const figure = figureAt(evaluation, at)
    return figure === undefined ? [] : [{ ...rest, figure, aim }]
  })

/** How a figure stands to its aim: a whole interval on one side is sure, the figure alone is not. Empty without an aim. */
export const standsTo = ({
  figure,
  aim,
}: Headline): '' | 'met' | 'met, may be chance' | 'missed' | 'missed, may be chance' => {
  if (aim === undefined || figure.value === null) return ''
  const good = (value: number): boolean => (aim.least ? value >= aim.value : value <= aim.value)
  const worst = aim.least ? figure.low : figure.high
  const best = aim.least ? figure.high : figure.low
  if (good(figure.value)) return worst !== null && good(worst) ? 'met' : 'met, may be chance'
  return best !== null && !good(best) ? 'missed' : 'missed, may be chance'
}
