import { dispositionKinds, dispositions } from '../../../concerns/dispositions.ts'
import type { InnocentExplanation } from '../../../concerns/innocent-explanations.ts'
import { fillPath, paths } from '../../paths.ts'
import type { DispositionFaults } from '../../../concerns/record-disposition.ts'
import type { DecisionTyped } from './decision-form.ts'

/** What was typed into the decision form and found wanting. */
export type DecisionAgain = { readonly errors: DispositionFaults; readonly typed: DecisionTyped }

type Drawn = {
  readonly ref: string
  readonly version: number
  readonly explanations: readonly InnocentExplanation[]
  readonly again: DecisionAgain | undefined
}

const blank: DecisionTyped = {
  kind: '',
  explanation: '',
  untilDay: '',
  untilMonth: '',
  untilYear: '',
  reason: '',
}

/** The decision form: empty, or as it was typed with what is wrong. */
export const decisionFormView = ({ ref, version, explanations, again }: Drawn) => {
  const typed = again?.typed ?? blank
  const errors = again?.errors ?? {}
  const wrongDay = errors.until === undefined ? '' : ' govuk-input--error'
  return {
    action: fillPath(paths.decide, { ref }),
    version,
    errors,
    reason: typed.reason,
    kinds: dispositionKinds.map(kind => ({
      kind,
      label: dispositions[kind].label,
      hint: dispositions[kind].hint,
      checked: kind === typed.kind,
    })),
    explanations: [
      { value: '', text: 'Choose one' },
      ...explanations.map(each => ({
        value: each.id,
        text: each.label,
        selected: each.id === typed.explanation,
      })),
    ],
    until: [
      { name: 'day', classes: `govuk-input--width-2${wrongDay}`, value: typed.untilDay },
      { name: 'month', classes: `govuk-input--width-2${wrongDay}`, value: typed.untilMonth },
      { name: 'year', classes: `govuk-input--width-4${wrongDay}`, value: typed.untilYear },
    ],
  }
}

/** In the order of the form. */
const fields = [
  { field: 'kind', id: 'kind' },
  { field: 'explanation', id: 'explanation' },
  { field: 'until', id: 'until-day' },
  { field: 'reason', id: 'reason' },
] as const

/** The lines of the error summary, each leading to its field. */
export const decisionProblems = (errors: DispositionFaults): { href: string; text: string }[] =>
  fields.flatMap(({ field, id }) => {
    const text = errors[field]
    return text === undefined ? [] : [{ href: `#${id}`, text }]
  })
