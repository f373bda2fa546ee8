import { z } from 'zod'
import {
  longestExceptionDays,
  type ExceptionFaults,
  type TypedException,
} from '../../../tuning/read-exception-form.ts'

const word = z.string().trim().max(5_000).catch('')
const day = z.string().trim().max(10).catch('')
const shape = z.object({
  kind: word,
  concern: word,
  plan: word,
  place: word,
  number: word,
  reason: word,
  owner: word,
  'from-day': day,
  'from-month': day,
  'from-year': day,
  'until-day': day,
  'until-month': day,
  'until-year': day,
})

/** What was typed, with the days both as one text and in their parts, so that nothing is lost. */
export type TypedForm = z.output<typeof shape>

/** Reads a posted exception; a field sent twice, or as something other than text, reads as empty. */
export const readTyped = (form: Readonly<Record<string, unknown>>): TypedForm => shape.parse(form)

/** The typed form as the use case takes it. */
export const typedException = (form: TypedForm): TypedException => ({
  kind: form.kind,
  concern: form.concern,
  plan: form.plan,
  place: form.place,
  number: form.number,
  reason: form.reason,
  owner: form.owner,
  from: dayText(form['from-year'], form['from-month'], form['from-day']),
  until: dayText(form['until-year'], form['until-month'], form['until-day']),
})

const dayText = (year: string, month: string, dayOfMonth: string): string =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`

/** A form that is empty but for the first day and perhaps a concern. */
export const freshForm = (today: string, concern: string): TypedForm => {
  const [year = '', month = '', dayOfMonth = ''] = today.split('-')
  return shape.parse({
    concern,
    kind: concern === '' ? '' : 'pair',
    'from-day': String(Number(dayOfMonth)),
    'from-month': String(Number(month)),
    'from-year': year,
  })
}

type Owner = { readonly id: string; readonly name: string }

/** The form as its template draws it. */
export const exceptionFormView = (form: TypedForm, faults: ExceptionFaults, owners: readonly Owner[]) => ({
  typed: form,
  errors: faults,
  longest: longestExceptionDays,
  owners: [
    { value: '', text: 'Choose one' },
    ...owners.map(each => ({ value: each.id, text: each.name, selected: each.id === form.owner })),
  ],
  from: dayItems('from', form, faults.from),
  until: dayItems('until', form, faults.until),
})

const dayItems = (name: 'from' | 'until', form: TypedForm, fault: string | undefined) => {
  const wrong = fault === undefined ? '' : ' govuk-input--error'
  return [
    { name: 'day', classes: `govuk-input--width-2${wrong}`, value: form[`${name}-day`] },
    { name: 'month', classes: `govuk-input--width-2${wrong}`, value: form[`${name}-month`] },
    { name: 'year', classes: `govuk-input--width-4${wrong}`, value: form[`${name}-year`] },
  ]
}

/** In the order of the form, each with the field that mends it. */
const fields: readonly { readonly field: keyof TypedException; readonly id: string }[] = [
  { field: 'kind', id: 'kind' },
  { field: 'concern', id: 'concern' },
  { field: 'plan', id: 'plan' },
  { field: 'place', id: 'place' },
  { field: 'number', id: 'number' },
  { field: 'reason', id: 'reason' },
  { field: 'owner', id: 'owner' },
  { field: 'from', id: 'from-day' },
  { field: 'until', id: 'until-day' },
]

/** The lines of the error summary, each leading to its field. */
export const exceptionProblems = (faults: ExceptionFaults): { href: string; text: string }[] =>
  fields.flatMap(({ field, id }) => {
    const text = faults[field]
    return text === undefined ? [] : [{ href: `#${id}`, text }]
  })
