import { z } from 'zod'
import { addDays } from '../../../core/clock.ts'
import { readFeeds } from '../../../intake/feeds.ts'
import {
  longestBasisDays,
  readStaffNotices,
  type FeedFaults,
  type TypedFeeds,
} from '../../../tuning/read-feed-form.ts'

const text = z.string().trim().max(10_000).catch('')
const shape = z.object({
  feeds: z.union([z.string().transform(one => [one]), z.array(z.string().max(60)).max(100)]).catch([]),
  act: z.enum(['confirm', 'withdraw']).catch('confirm'),
  basis: text,
  notice: text,
  'notice-day': text,
  'notice-month': text,
  'notice-year': text,
  owner: text,
  days: text,
  'until-day': text,
  'until-month': text,
  'until-year': text,
  reason: text,
})

/** What was typed, kept so that nothing is lost when something is missing. */
export type TypedFeedForm = z.output<typeof shape>

/** Reads a posted form. A field sent twice where one is asked, or as something other than text, reads as empty. */
export const readFeedsForm = (
  form: Readonly<Record<string, unknown>>,
): { readonly typed: TypedFeedForm; readonly input: TypedFeeds } => {
  const typed = shape.parse(form)
  const { feeds, basis, notice, owner, days, reason } = typed
  return {
    typed,
    input: {
      feeds,
      basis,
      notice,
      owner,
      reason,
      retentionDays: days,
      noticeOn: dayText(typed['notice-year'], typed['notice-month'], typed['notice-day']),
      untilOn: dayText(typed['until-year'], typed['until-month'], typed['until-day']),
    },
  }
}

const dayText = (year: string, month: string, day: string): string =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

/** A form with the feeds ticked that nobody has confirmed, and the longest time a basis may hold. */
export const freshFeedForm = (today: string, feeds: readonly string[]): TypedFeedForm => {
  const [year, month, day] = addDays(today, longestBasisDays - 1).split('-')
  return shape.parse({
    feeds: [...feeds],
    'until-day': String(Number(day)),
    'until-month': String(Number(month)),
    'until-year': year,
  })
}

/** The form as the page shows it, with what is missing beside its field. */
export const feedFormView = (typed: TypedFeedForm, faults: FeedFaults) => ({
  typed,
  errors: faults,
  bases: [
    { value: '', text: 'As proposed for each feed', checked: typed.basis === '' },
    ...Object.entries(readFeeds().bases).map(([value, words]) => ({
      value,
      text: words,
      checked: typed.basis === value,
    })),
  ],
  notices: [
    { value: '', text: 'As the basis calls for', checked: typed.notice === '' },
    ...Object.entries(readStaffNotices()).map(([value, notice]) => ({
      value,
      text: notice.label,
      hint: { text: notice.means },
      checked: typed.notice === value,
    })),
  ],
  noticeDay: dayItems('notice', typed, faults.noticeOn),
  until: dayItems('until', typed, faults.untilOn),
})

const dayItems = (name: 'notice' | 'until', typed: TypedFeedForm, fault: string | undefined) =>
  (['day', 'month', 'year'] as const).map(part => ({
    name: part,
    classes: `govuk-input--width-${part === 'year' ? 4 : 2}${fault === undefined ? '' : ' govuk-input--error'}`,
    value: typed[`${name}-${part}`],
  }))

const fields = {
  feeds: 'feeds',
  basis: 'basis',
  notice: 'notice',
  noticeOn: 'notice-day',
  owner: 'owner',
  retentionDays: 'days',
  untilOn: 'until-day',
  reason: 'reason',
} as const satisfies Record<keyof TypedFeeds, string>

/** The links of the error summary, in the order of the page. */
export const feedProblems = (faults: FeedFaults) =>
  (Object.keys(fields) as (keyof TypedFeeds)[]).flatMap(field => {
    const fault = faults[field]
    return fault === undefined ? [] : [{ href: `#${fields[field]}`, text: fault }]
  })
