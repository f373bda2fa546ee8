import { scrubWords } from '../../../access/scrub-words.ts'
import { z } from 'zod'
import type { User } from '../../../access/user.ts'
import type { Destruction, DestructionPlan } from '../../../retention/destruction-store.ts'
import type { HoldFaults, TypedHold } from '../../../retention/keep-hold.ts'
import type { Hold } from '../../../retention/hold-store.ts'
import type { ClassRules } from '../../../retention/rules.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

const word = z.string().trim().max(2_000).catch('')
const part = z.string().trim().max(4).catch('')
const shape = z.object({
  kind: z.enum(['everything', 'staff', '']).catch(''),
  staff: z.string().trim().max(60).catch(''),
  reason: word,
  'review-day': part,
  'review-month': part,
  'review-year': part,
})

/** A hold as it was typed, its day in parts. */
export type TypedHoldForm = z.output<typeof shape>

/** Reads a posted hold. */
export const readHoldForm = (form: Readonly<Record<string, unknown>>): TypedHoldForm => shape.parse(form)

/** The typed hold as the use case takes it. */
export const holdOf = (form: TypedHoldForm): TypedHold => ({
  kind: form.kind,
  staff: form.staff,
  reason: form.reason,
  review: [
    form['review-year'].padStart(4, '0'),
    form['review-month'].padStart(2, '0'),
    form['review-day'].padStart(2, '0'),
  ].join('-'),
})

/** Reads why something is to be destroyed. */
export const readReason = (form: Readonly<Record<string, unknown>>): string => word.parse(form['why'])

/** What is shown again because it has to be mended. */
export type Again = {
  readonly hold?: { readonly typed: TypedHoldForm; readonly faults: HoldFaults }
  readonly ask?: { readonly reason: string; readonly fault: string }
}

type Shown = {
  readonly user: User
  readonly plan: DestructionPlan
  readonly rules: ClassRules
  readonly destructions: readonly Destruction[]
  readonly holds: readonly Hold[]
  readonly again: Again
}

const fieldOf: Readonly<Record<string, string>> = { review: 'review-day', reason: 'reason' }

/** What is due, who has asked for it, what is held, and what was destroyed. */
export const retentionView = ({ user, plan, rules, destructions, holds, again }: Shown) => {
  const open = destructions.find(each => each.doneAt === undefined && each.withdrawnAt === undefined)
  const typed = again.hold?.typed ?? readHoldForm({})
  const faults = again.hold?.faults ?? {}
  const wrong = faults.review === undefined ? '' : ' govuk-input--error'
  return {
    title: 'Retention',
    problems: [
      ...(again.ask === undefined ? [] : [{ href: '#why', text: again.ask.fault }]),
      ...Object.entries(faults).map(([name, text]) => ({ href: `#${fieldOf[name] ?? name}`, text })),
    ],
    due: [
      ...plan.feeds.map(({ feed, before, rows, days = 0, confirmed }) => ({
        what: `Records of the feed ${feed}`,
        before: `${dayWords(before)}: kept for ${countWords(days, 'day')}, as ${confirmed === true ? 'confirmed' : 'proposed'}`,
        rows: countWords(rows, 'record'),
      })),
      ...(plan.rejects === 0
        ? []
        : [
            {
              what: rules.rejected_records.what,
              before: dayWords(plan.rejectsBefore),
              rows: countWords(plan.rejects, 'record'),
            },
          ]),
    ],
    closedBefore: dayWords(plan.closedBefore),
    ask: { action: paths.askDestruction, reason: again.ask?.reason ?? '', fault: again.ask?.fault },
    open:
      open === undefined
        ? undefined
        : {
            words: wordsOf(open),
            by: `${open.askedByName}, ${dayWords(open.askedAt)}`,
            reason: scrubWords(open.reason),
            agreed: open.agreedAt === undefined ? '' : `${open.agreedByName}, ${dayWords(open.agreedAt)}`,
            mayAgree: open.agreedAt === undefined && open.askedBy !== user.id,
            action: fillPath(paths.answerDestruction, { id: open.id }),
          },
    past: destructions
      .filter(each => each !== open)
      .map(each => ({
        words: wordsOf(each),
        people:
          each.agreedByName === '' ? each.askedByName : `${each.askedByName}; agreed by ${each.agreedByName}`,
        outcome:
          each.doneAt === undefined
            ? `Taken back by ${each.withdrawnByName}`
            : `Destroyed on ${dayWords(each.doneAt)}`,
      })),
    holds: holds.map(each => ({
      what: each.staffId === '' ? 'Everything' : 'One member of staff',
      reason: scrubWords(each.reason),
      by: `${each.madeByName}, ${dayWords(each.madeAt)}`,
      review: dayWords(each.reviewOn),
      end: fillPath(paths.endHold, { id: each.id }),
    })),
    hold: {
      action: paths.placeHold,
      typed,
      errors: faults,
      review: [
        { name: 'day', classes: `govuk-input--width-2${wrong}`, value: typed['review-day'] },
        { name: 'month', classes: `govuk-input--width-2${wrong}`, value: typed['review-month'] },
        { name: 'year', classes: `govuk-input--width-4${wrong}`, value: typed['review-year'] },
      ],
    },
  }
}

const wordsOf = ({ plan }: Destruction): string => {
  const rows = plan.feeds.reduce((sum, each) => sum + each.rows, 0)
  return `At most ${countWords(rows, 'record')} of ${countWords(plan.feeds.length, 'feed')}, ${countWords(plan.rejects, 'rejected record')}, and concerns closed before ${dayWords(plan.closedBefore)}`
}
