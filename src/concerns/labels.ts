import { maskPeriod, maskPerson, maskStaff, scrub, type MaskWith } from '../access/mask.ts'
import { scrubWords } from '../access/scrub-words.ts'
import type { Clock } from '../core/clock.ts'

type Pair = { readonly staffId: string; readonly personId: string }

/** How a pair is named to the person who asks, and how free text about it is made fit to show. */
export type Labels = {
  readonly staff: string
  /** '' when it is about the member of staff alone. */
  readonly person: string
  readonly masked: boolean
  /** Of a sentence that detection made. */
  readonly clean: (text: string) => string
  /** Of what a person wrote, who may have named anybody. */
  readonly cleanTyped: (text: string) => string
}

/** Masks for the review queue and its concerns, good for this month. */
export const reviewMask = (maskKey: Uint8Array, clock: Clock): MaskWith => ({
  key: maskKey,
  purpose: 'review',
  period: maskPeriod(clock.now()),
})

/** The masked name of a member of staff other than the concern's own, such as `Staff 7F3A9`. */
export const labelStaff = (given: MaskWith, staffId: string): string => `Staff ${maskStaff(given, staffId)}`

/** The masked name of somebody, such as `person 91CQ7`, or `number 91CQ7` where nobody in the records has the number. */
export const labelPerson = (given: MaskWith, personId: string): string =>
  `${kindOf(personId)} ${maskPerson(given, personId)}`

const kindOf = (personId: string): string => (personId.startsWith('+') ? 'number' : 'person')

/** Labels for a pair: masked, or as the records have them when `shown`. */
export const labelPair = (given: MaskWith, pair: Pair, shown: boolean): Labels => {
  if (shown)
    return {
      staff: `Staff ${pair.staffId}`,
      person: pair.personId === '' ? '' : `${kindOf(pair.personId)} ${pair.personId}`,
      masked: false,
      clean: text => text,
      cleanTyped: text => text,
    }
  const staff = `Staff ${maskStaff(given, pair.staffId)}`
  const person = pair.personId === '' ? '' : labelPerson(given, pair.personId)
  const labels = new Map([
    [pair.staffId, staff],
    [pair.personId, person],
  ])
  return {
    staff,
    person,
    masked: true,
    clean: text => scrub(text, labels),
    cleanTyped: text => scrubWords(text, labels),
  }
}
