import { z } from 'zod'
import { readNoticeKinds, type NoticeFaults, type NoticeInput } from '../../../concerns/notice-form.ts'

const word = z.string().trim().max(10_000).catch('')

const shape = z.object({
  kind: word,
  'day-day': word,
  'day-month': word,
  'day-year': word,
  time: word,
  people: word,
  colleagues: word,
  authorisation: word,
  reason: word,
})

/** What was typed, kept so that nothing is lost when something is missing. */
export type NoticeTyped = z.output<typeof shape>

/** Forms of the page that lack something, as they were typed. */
export type TipOffAgain = {
  readonly notice?: { readonly typed: NoticeTyped; readonly faults: NoticeFaults }
  readonly end?: { readonly notice: string; readonly reason: string; readonly fault: string }
}

/** Ids one a line, or parted by commas. */
const idsOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(id => id !== ''))]

/** Reads a posted notice. A field sent twice, or as something other than text, reads as empty. */
export const readNoticeForm = (
  form: Readonly<Record<string, unknown>>,
): { readonly input: NoticeInput; readonly typed: NoticeTyped } => {
  const typed = shape.parse(form)
  const day = [
    typed['day-year'].padStart(4, '0'),
    typed['day-month'].padStart(2, '0'),
    typed['day-day'].padStart(2, '0'),
  ].join('-')
  const time = /^\d:\d\d$/.test(typed.time) ? `0${typed.time}` : typed.time
  const { kind, authorisation, reason } = typed
  return {
    typed,
    input: {
      kind,
      day,
      time,
      people: idsOf(typed.people),
      colleagues: idsOf(typed.colleagues),
      authorisation,
      reason,
    },
  }
}

const endShape = z.object({ notice: word, reason: word })

/** Reads which watch ends, and why. */
export const readEndForm = (form: Readonly<Record<string, unknown>>): z.output<typeof endShape> =>
  endShape.parse(form)

const blank: NoticeTyped = {
  kind: '',
  'day-day': '',
  'day-month': '',
  'day-year': '',
  time: '',
  people: '',
  colleagues: '',
  authorisation: '',
  reason: '',
}

/** The form as the page shows it, with what is missing beside its field. */
export const noticeFormView = (action: string, again: TipOffAgain['notice']) => {
  const { typed, faults } = again ?? { typed: blank, faults: {} }
  const wrongDay = faults.day === undefined ? '' : ' govuk-input--error'
  return {
    action,
    typed,
    errors: faults,
    kinds: Object.entries(readNoticeKinds()).map(([value, kind]) => ({
      value,
      text: kind.label,
      hint: { text: kind.means },
      checked: typed.kind === value,
    })),
    day: (['day', 'month', 'year'] as const).map(name => ({
      name,
      classes: `govuk-input--width-${name === 'year' ? 4 : 2}${wrongDay}`,
      value: typed[`day-${name}`],
    })),
  }
}

const fields = {
  kind: 'kind',
  day: 'day-day',
  time: 'time',
  people: 'people',
  colleagues: 'colleagues',
  authorisation: 'authorisation',
  reason: 'reason',
} as const satisfies Record<keyof NoticeFaults, string>

/** The links of the error summary, in the order of the page. */
export const tipOffProblems = ({ notice, end }: TipOffAgain) => [
  ...(end === undefined ? [] : [{ href: `#end-${end.notice}`, text: end.fault }]),
  ...(Object.keys(fields) as (keyof NoticeFaults)[]).flatMap(field => {
    const text = notice?.faults[field]
    return text === undefined ? [] : [{ href: `#${fields[field]}`, text }]
  }),
]
