import { addDays, dayOf } from '../core/clock.ts'
import type { AuthorisationKind } from './authorisation-kinds.ts'
import type { Footing } from './footing.ts'

/** A recorded authorisation to look deeper: what it covers, who asked for it, and who answered. */
export type Authorisation = Footing & {
  /** Random, like `K7Q2-9MXD`. */
  readonly ref: string
  readonly kind: AuthorisationKind
  readonly concernRef: string
  /** Whom the concern is about, to take them out of free text; never shown as such. */
  readonly pair: { readonly staffId: string; readonly personId: string }
  /** Staff ids it covers beside the member of staff of the concern. Mask before showing. */
  readonly colleagues: readonly string[]
  /** First and last day of the records it covers, `YYYY-MM-DD`. */
  readonly fromOn: string
  readonly toOn: string
  /** How many days it was asked for. */
  readonly days: number
  readonly askedBy: Person
  readonly askedAt: Date
  readonly answered: Answered | undefined
  /** Oldest first. */
  readonly reviews: readonly { readonly by: string; readonly at: Date; readonly reason: string }[]
  readonly ended: { readonly by: string; readonly at: Date; readonly reason: string } | undefined
}

type Person = { readonly id: string; readonly name: string }

/** What the second person said. */
export type Answered = {
  readonly by: string
  readonly at: Date
  readonly reason: string
  /** Undefined where it was refused. */
  readonly granted:
    | {
        readonly expiresAt: Date
        /** Last day on which it counts without a review, `YYYY-MM-DD`. */ readonly reviewBy: string
      }
    | undefined
}

/** Where an authorisation stands, in the words of the register. */
export const authorisationStates = {
  asked: 'Waits for an answer',
  refused: 'Refused',
  in_force: 'In force',
  review_overdue: 'Review overdue: authorises nothing',
  lapsed: 'Lapsed',
  ended: 'Ended',
} as const satisfies Record<string, string>

export type AuthorisationState = keyof typeof authorisationStates

/** Days before its last that everybody is warned. */
const warnDays = 7

/** Where an authorisation stands at a moment. A clock moved back to before the answer makes nothing count. */
export const stateOf = (
  { answered, ended }: Pick<Authorisation, 'answered' | 'ended'>,
  now: Date,
): AuthorisationState => {
  if (ended !== undefined) return 'ended'
  if (answered === undefined || now < answered.at) return 'asked'
  if (answered.granted === undefined) return 'refused'
  if (now >= answered.granted.expiresAt) return 'lapsed'
  return dayOf(now) > answered.granted.reviewBy ? 'review_overdue' : 'in_force'
}

/** What is about to lapse, as a sentence: the authorisation itself, or its review; undefined where neither is near. */
export const lapseWarning = (
  authorisation: Pick<Authorisation, 'answered' | 'ended'>,
  now: Date,
): { readonly what: 'expiry' | 'review'; readonly on: string } | undefined => {
  const granted = authorisation.answered?.granted
  const state = stateOf(authorisation, now)
  if (granted === undefined || (state !== 'in_force' && state !== 'review_overdue')) return undefined
  const soon = addDays(dayOf(now), warnDays)
  const lastOn = dayOf(granted.expiresAt)
  if (lastOn <= soon) return { what: 'expiry', on: lastOn }
  return granted.reviewBy <= soon ? { what: 'review', on: granted.reviewBy } : undefined
}
