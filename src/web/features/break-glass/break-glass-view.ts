import { scrubWords } from '../../../access/scrub-words.ts'
import { can, type User } from '../../../access/user.ts'
import { isReviewOverdue, reviewDue } from '../../../concerns/break-glass.ts'
import { readBreakGlassCauses } from '../../../concerns/break-glass-causes.ts'
import type { OpenedGlass, StoredGlass } from '../../../concerns/break-glass-store.ts'
import { dayWords, momentWords, plainDays, timeWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

/** A form that lacks something, as it was typed. `of` is '' for asking, the reference otherwise. */
export type Again = {
  readonly of: string
  readonly typed: {
    readonly concern: string
    readonly cause: string
    readonly reason: string
    readonly justified: string
  }
  readonly field: string
  readonly fault: string
}

const nothing: Again['typed'] = { concern: '', cause: '', reason: '', justified: '' }

/** The emergencies a person has a part in, and the form that asks for one. */
export const breakGlassView = (
  glasses: readonly StoredGlass[],
  user: User,
  now: Date,
  again: Again | undefined,
) => {
  const causes = readBreakGlassCauses()
  const typed = again?.of === '' ? again.typed : nothing
  const errorOf = (of: string, field: string): string =>
    again?.of === of && again.field === field ? again.fault : ''
  return {
    title: 'Break-glass',
    form: can(user, 'ask-break-glass')
      ? {
          typed,
          concernError: errorOf('', 'concern'),
          causeError: errorOf('', 'cause'),
          reasonError: errorOf('', 'reason'),
          causes: Object.entries(causes).map(([value, { label, means }]) => ({
            value,
            text: label,
            hint: { text: means },
            checked: typed.cause === value,
          })),
        }
      : undefined,
    problems:
      again === undefined
        ? []
        : [{ href: `#${again.field}${again.of === '' ? '' : `-${again.of}`}`, text: again.fault }],
    rows: glasses.map(each => {
      const open = each.opened !== undefined && now >= each.opened.at && now < each.opened.until
      const own = each.askedBy === user.id
      const due = reviewDue(each)
      return {
        ref: each.ref,
        concern: each.concernRef,
        who: own ? 'You' : each.askedByName,
        asked: momentWords(each.askedAt),
        why: `${causes[each.cause]?.label ?? each.cause}: ${own || can(user, 'approve-break-glass') || can(user, 'review-break-glass') ? scrubWords(each.reason) : 'the reason is with those who approve'}`,
        approvals: each.approvals.map(one => `${one.by}, ${timeWords(one.at)}`),
        state: open
          ? `Open until ${timeWords(each.opened.until)}`
          : each.opened === undefined
            ? now.getTime() - each.askedAt.getTime() > 3_600_000
              ? 'Not opened: nobody agreed within the hour'
              : 'Waits for two approvals'
            : `Was open until ${momentWords(each.opened.until)}`,
        review:
          each.reviewed !== undefined
            ? `${each.reviewed.justified ? 'Justified' : 'Not justified'}, ${each.reviewed.by}, ${dayWords(each.reviewed.at)}: ${each.reviewed.note}`
            : due === undefined
              ? ''
              : `To be reviewed by ${dayWords(due)}`,
        overdue: isReviewOverdue(each, now),
        openAction: own && open ? fillPath(paths.openBreakGlass, { glass: each.ref }) : '',
        approveAction:
          !own && each.opened === undefined && can(user, 'approve-break-glass')
            ? fillPath(paths.approveBreakGlass, { glass: each.ref })
            : '',
        reviewAction:
          !own && each.opened !== undefined && each.reviewed === undefined && can(user, 'review-break-glass')
            ? fillPath(paths.reviewBreakGlass, { glass: each.ref })
            : '',
        reason: again?.of === each.ref ? again.typed.reason : '',
        justified: again?.of === each.ref ? again.typed.justified : '',
        reasonError: errorOf(each.ref, 'reason'),
        outcomeError: errorOf(each.ref, 'outcome'),
      }
    }),
  }
}

/** What was opened: one concern with whom it is about, to read and nothing else. */
export const openedView = (opened: OpenedGlass) => ({
  title: `Concern ${opened.ref}`,
  ref: opened.ref,
  heading: `Staff ${opened.staffId}${opened.personId === '' ? '' : ` and ${opened.personId.startsWith('+') ? 'number' : 'person'} ${opened.personId}`}`,
  band: opened.band,
  until: timeWords(opened.until),
  account: plainDays(opened.account),
  sentences: opened.parts.flatMap(part =>
    part.indicators.map(each => ({ family: part.familyName, words: plainDays(each.sentence) })),
  ),
})
