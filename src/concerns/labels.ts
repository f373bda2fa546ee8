import { maskPeriod, maskPerson, maskStaff, scrub, type MaskWith } from '../access/mask.ts'
import type { Clock } from '../core/clock.ts'

type Pair = { readonly staffId: string; readonly personId: string }

/** How a pair is named to the person who asks, and how free text about it is made fit to show. */
export type Labels = {
  readonly staff: string
  /** '' when it is about the member of staff alone. */
  readonly person: string
  readonly masked: boolean
  readonly clean: (text: string) => string
}

/** Masks for the review queue and its concerns, good for this month. */
export const reviewMask = (maskKey: Uint8Array, clock: Clock): MaskWith => ({
  key: maskKey,
  purpose: 'review',
  period: maskPeriod(clock.now()),
})

/** Labels for a pair: masked, or as the records have them when `shown`. */
export const labelPair = (given: MaskWith, pair: Pair, shown: boolean): Labels => {
  const kind = pair.personId.startsWith('+') ? 'number' : 'person'
  if (shown)
    return {
      staff: `Staff ${pair.staffId}`,
      person: pair.personId === '' ? '' : `${kind} ${pair.personId}`,
      masked: false,
      clean: text => text,
    }
  const staff = `Staff ${maskStaff(given, pair.staffId)}`
  const person = pair.personId === '' ? '' : `${kind} ${maskPerson(given, pair.personId)}`
  const labels = new Map([
    [pair.staffId, staff],
    [pair.personId, person],
  ])
  return { staff, person, masked: true, clean: text => scrub(text, labels) }
}
