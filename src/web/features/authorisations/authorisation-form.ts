import { z } from 'zod'
import type { AuthorisationFaults, AuthorisationInput } from '../../../concerns/authorisation-form.ts'
import { readAuthorisationKinds, type AuthorisationKind } from '../../../concerns/authorisation-kinds.ts'
import { authorisationActs } from '../../../concerns/answer-authorisation.ts'
import { readProcessingBases } from '../../../concerns/footing.ts'
import { addDays } from '../../../core/clock.ts'

const text = z.string().trim().max(10_000).catch('')
const shape = z.object({
  kind: text,
  'from-day': text,
  'from-month': text,
  'from-year': text,
  'to-day': text,
  'to-month': text,
  'to-year': text,
  days: text,
  colleagues: text,
  basis: text,
  necessity: text,
  proportionality: text,
})

/** What was typed, kept so that nothing is lost when something is missing. */
export type TypedAuthorisation = z.output<typeof shape>

/** Ids one a line, or parted by commas. */
const idsOf = (typed: string): string[] => [...new Set(typed.split(/[\s,;]+/).filter(id => id !== ''))]

/** Reads a posted request. A field sent twice, or as something other than text, reads as empty. */
export const readAuthorisationForm = (
  form: Readonly<Record<string, unknown>>,
): { readonly typed: TypedAuthorisation; readonly input: AuthorisationInput } => {
  const typed = shape.parse(form)
  const { kind, days, basis, necessity, proportionality } = typed
  return {
    typed,
    input: {
      kind,
      days,
      basis,
      necessity,
      proportionality,
      fromOn: dayText(typed['from-year'], typed['from-month'], typed['from-day']),
      toOn: dayText(typed['to-year'], typed['to-month'], typed['to-day']),
      colleagues: kind === 'colleague_watch' ? idsOf(typed.colleagues) : [],
    },
  }
}

const dayText = (year: string, month: string, day: string): string =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

const answerShape = z.object({ act: z.enum(authorisationActs), reason: text })

/** Reads what is to be done to an authorisation; undefined where that is nothing we know. */
export const readAnswer = (form: Readonly<Record<string, unknown>>) => answerShape.safeParse(form).data

/** What the page knows of the request before anything is typed. */
type Wanted = {
  readonly kind: string
  /** The last day of the records, `YYYY-MM-DD`. */
  readonly lastDay: string
  /** A day that somebody wanted to read and could not; empty where none is known. */
  readonly day: string
}

/**
 * An empty form: the last year that the records hold, and whatever day somebody wanted to read. Counted back from the records, not
 * from today: of records that end long ago a year from today on would cover none.
 */
export const freshAuthorisation = ({ kind, lastDay, day }: Wanted): TypedAuthorisation => {
  const yearBefore = addDays(lastDay, -365)
  const [from, to] =
    day === '' ? [yearBefore, lastDay] : [[day, yearBefore].sort()[0] ?? day, [day, lastDay].sort()[1] ?? day]
  const [fromYear, fromMonth, fromDay] = from.split('-').map(Number)
  const [toYear, toMonth, toDay] = to.split('-').map(Number)
  const filled = { 'from-day': fromDay, 'from-month': fromMonth, 'from-year': fromYear }
  const all = { ...filled, 'to-day': toDay, 'to-month': toMonth, 'to-year': toYear, days: 28 }
  return shape.parse({
    kind,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)])),
  })
}

/** The form as the page shows it, with what is missing beside its field. */
export const authorisationFormView = (
  action: string,
  typed: TypedAuthorisation,
  faults: AuthorisationFaults,
  kinds: readonly AuthorisationKind[],
) => {
  const words = readAuthorisationKinds()
  return {
    action,
    typed,
    errors: faults,
    kinds: kinds.map(value => ({
      value,
      text: words[value].label,
      hint: { text: `${words[value].means} At most ${words[value].longest_days} days.` },
      checked: typed.kind === value,
    })),
    bases: Object.entries(readProcessingBases()).map(([value, basis]) => ({
      value,
      text: basis.label,
      hint: { text: basis.means },
      checked: typed.basis === value,
    })),
    from: dayItems('from', typed, faults.fromOn),
    to: dayItems('to', typed, faults.toOn),
    watches: kinds.includes('colleague_watch'),
  }
}

const dayItems = (name: 'from' | 'to', typed: TypedAuthorisation, fault: string | undefined) =>
  (['day', 'month', 'year'] as const).map(part => ({
    name: part,
    classes: `govuk-input--width-${part === 'year' ? 4 : 2}${fault === undefined ? '' : ' govuk-input--error'}`,
    value: typed[`${name}-${part}`],
  }))

const fields = {
  kind: 'kind',
  colleagues: 'colleagues',
  fromOn: 'from-day',
  toOn: 'to-day',
  days: 'days',
  basis: 'basis',
  necessity: 'necessity',
  proportionality: 'proportionality',
} as const satisfies Record<keyof AuthorisationInput, string>

/** The links of the error summary, in the order of the form. */
export const authorisationProblems = (faults: AuthorisationFaults) =>
  (Object.keys(fields) as (keyof AuthorisationInput)[]).flatMap(field => {
    const fault = faults[field]
    return fault === undefined ? [] : [{ href: `#${fields[field]}`, text: fault }]
  })
