import { measureAll, medianOf, shareOf, sumOf, type Draws, type Measure } from './bootstrap.ts'
import type { Section } from './figure.ts'
import { readSetting, type EvaluateDeps, type Setting } from './setting.ts'
import { everReached, foundOn, isRight, mostPoints, type Subject } from './subject.ts'
import { delayOf } from './timing-sections.ts'
import type { Truth } from './truth.ts'
import { withVariation, type Variation } from './variation.ts'

/** One kind of variations: its heading, and what is changed. */
export type VariationGroup = {
  readonly key: string
  readonly title: string
  readonly about: string
  readonly variations: readonly Variation[]
}

/**
 * Measures detection again on changed records, each variation a full rebuild. Every row is beside the force as it is, on the
 * same draws, so that a change is not lost in the doubt of both. The records are put back, and the facts and scores of the
 * last variation stay: give it a copy of a lake.
 */
export const vary = async (
  deps: EvaluateDeps,
  truth: Truth,
  groups: readonly VariationGroup[],
  draws: Draws,
): Promise<Section[]> => {
  const step = deps.progress(
    'Measuring variations',
    groups.reduce((sum, group) => sum + group.variations.length, 0),
    'rebuilds',
  )
  const quiet = { ...deps, progress: () => ({ update: () => undefined, end: () => undefined }) }
  const base = await readSetting(quiet, truth)
  const rowOf = (key: string, label: string, setting: Setting): Section['rows'][number] => ({
    key,
    label,
    cells: measureAll(cellsOf(setting, base), base.subjects.length, draws),
  })
  const sections: Section[] = []
  let done = 0
  for (const { key, title, about, variations } of groups) {
    const rows = [rowOf('as_it_is', 'The force as it is', base)]
    for (const variation of variations) {
      const setting = await withVariation(deps.lake, variation, () =>
        readSetting(quiet, truth, { full: true }),
      )
      rows.push(rowOf(variation.key, variation.label, setting))
      step.update(++done)
    }
    sections.push({ key, title, about, columns, rows })
  }
  step.end()
  return sections
}

const columns: Section['columns'] = [
  { key: 'recall', label: 'Offenders found, not dark', unit: 'share' },
  { key: 'recall_change', label: 'Change', unit: 'share' },
  { key: 'victims', label: 'Victims named', unit: 'share' },
  { key: 'days', label: 'Days to review, median', unit: 'days' },
  { key: 'false_staff', label: 'Innocent staff reviewed, of 100', unit: 'per_100' },
  { key: 'new_reviews', label: 'New reviews per 1,000 a month', unit: 'number' },
]

const cellsOf = (setting: Setting, base: Setting): Measure[] => {
  const { subjects, reviewAt, months } = setting
  const visible = (each: Subject) => each.offending?.dark === false
  const recallOf = (of: Setting) =>
    shareOf(
      of.subjects,
      each => (visible(each) && foundOn(each, of.reviewAt) !== undefined ? 1 : 0),
      each => (visible(each) ? 1 : 0),
    )
  const [recall, before] = [recallOf(setting), recallOf(base)]
  const reviews = sumOf(subjects, each => each.pairs.filter(pair => mostPoints(pair) >= reviewAt).length)
  return [
    recall,
    {
      value: weights => {
        const [now, then] = [recall.value(weights), before.value(weights)]
        return now === undefined || then === undefined ? undefined : now - then
      },
    },
    shareOf(
      subjects,
      each =>
        visible(each) ? each.pairs.filter(pair => pair.isVictim && isRight(each, pair, reviewAt)).length : 0,
      each => (visible(each) ? (each.offending?.victims.size ?? 0) : 0),
    ),
    medianOf(subjects, each => delayOf(setting, each)),
    shareOf(
      subjects,
      each => (each.offending === undefined && everReached(each, reviewAt) ? 1 : 0),
      each => (each.offending === undefined ? 1 : 0),
    ),
    { value: weights => (reviews(weights) * 1_000) / (subjects.length * months) },
  ]
}
