import type { MaskWith } from '../../../access/mask.ts'
import type { User } from '../../../access/user.ts'
import { authorisationActs, mayAct, type AuthorisationAct } from '../../../concerns/answer-authorisation.ts'
import {
  authorisationStates,
  lapseWarning,
  stateOf,
  type Authorisation,
} from '../../../concerns/authorisation.ts'
import { readAuthorisationKinds } from '../../../concerns/authorisation-kinds.ts'
import { readProcessingBases } from '../../../concerns/footing.ts'
import { labelPair, labelStaff } from '../../../concerns/labels.ts'
import { dayWords, momentWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'

type Seen = { readonly user: User; readonly mask: MaskWith; readonly now: Date }

/** An answer that lacked its reason, as it was typed. */
export type ActAgain = {
  readonly ref: string
  readonly act: AuthorisationAct
  readonly reason: string
  readonly fault: string
}

/** One authorisation in the words of a page: nobody in it is named by their records. */
export const authorisationView = (each: Authorisation, { user, mask, now }: Seen, again?: ActAgain) => {
  const clean = (text: string): string => labelPair(mask, each.pair, false).cleanTyped(text)
  const state = stateOf(each, now)
  const granted = each.answered?.granted
  return {
    ref: each.ref,
    concernRef: each.concernRef,
    concernHref: `${fillPath(paths.concernAuthorisations, { ref: each.concernRef })}#${each.ref}`,
    kind: readAuthorisationKinds()[each.kind].label,
    state: authorisationStates[state],
    open: state === 'in_force',
    waits: state === 'asked',
    warning: warningWords(each, now),
    records: `${dayWords(each.fromOn)} to ${dayWords(each.toOn)}`,
    colleagues: each.colleagues.map(id => labelStaff(mask, id).replace('Staff', 'Colleague')).join(', '),
    basis: readProcessingBases()[each.basis]?.label ?? each.basis,
    necessity: clean(each.necessity),
    proportionality: clean(each.proportionality),
    asked: `${each.askedBy.name}, ${momentWords(each.askedAt)}, for ${each.days} days`,
    answered:
      each.answered === undefined
        ? ''
        : `${granted === undefined ? 'Refused' : 'Granted'} by ${each.answered.by}, ${momentWords(each.answered.at)}: ${clean(each.answered.reason)}`,
    until: granted === undefined ? '' : momentWords(granted.expiresAt),
    reviewBy:
      granted === undefined || !(state === 'in_force' || state === 'review_overdue')
        ? ''
        : dayWords(granted.reviewBy),
    reviews: each.reviews.map(one => `${one.by}, ${momentWords(one.at)}: ${clean(one.reason)}`),
    ended:
      each.ended === undefined
        ? ''
        : `${each.ended.by}, ${momentWords(each.ended.at)}: ${clean(each.ended.reason)}`,
    forms: formsFor(each, user, now).map(form => ({
      ...form,
      action: fillPath(paths.answerAuthorisation, { authorisation: each.ref }),
      id: `${form.field}-${each.ref}`,
      reason: again?.ref === each.ref && fieldOf[again.act] === form.field ? again.reason : '',
      error: again?.ref === each.ref && fieldOf[again.act] === form.field ? again.fault : '',
    })),
  }
}

const fieldOf = { grant: 'answer', refuse: 'answer', review: 'review', end: 'end' } as const satisfies Record<
  AuthorisationAct,
  string
>

/** Where the error summary leads for an answer without a reason. */
export const actProblem = ({ ref, act, fault }: ActAgain) => ({
  href: `#${fieldOf[act]}-${ref}`,
  text: fault,
})

const buttons = {
  grant: 'Grant it',
  refuse: 'Refuse it',
  review: 'Let it stand',
  end: 'End it',
} as const satisfies Record<AuthorisationAct, string>

const summaries = {
  answer: { summary: 'Answer', label: 'Why, in your own judgement' },
  review: { summary: 'Review', label: 'Why it is still necessary and proportionate' },
  end: { summary: 'End it', label: 'Why it ends' },
} as const

const formsFor = (each: Authorisation, user: User, now: Date) =>
  (['answer', 'review', 'end'] as const).flatMap(field => {
    const acts = authorisationActs.filter(act => fieldOf[act] === field && mayAct(user, each, act, now))
    if (acts.length === 0) return []
    return [{ field, ...summaries[field], acts: acts.map(act => ({ act, text: buttons[act] })) }]
  })

const warningWords = (each: Authorisation, now: Date): string => {
  const warning = lapseWarning(each, now)
  if (warning === undefined) return ''
  return warning.what === 'expiry'
    ? `Lapses on ${dayWords(warning.on)}: ask for another if it is still needed.`
    : `Review it by ${dayWords(warning.on)}: after that it authorises nothing.`
}
