import type { Clock } from '../core/clock.ts'
import { labelPair, reviewMask } from './labels.ts'

type Row = {
  readonly ref: string
  readonly staff_id: string
  readonly person_id: string
  readonly account: string
}

/** What can be read on a page about a concern whose identities are masked, in small letters, by its reference. */
type Kept = Map<string, { readonly account: string; readonly period: string; readonly text: string }>

/** By the key that masks are made with: making two names and cleaning a text for each of 2,000 concerns takes a tenth of a second. */
const kept = new WeakMap<Uint8Array, Kept>()

/** Most concerns of which it is kept. */
const most = 20_000

/** What a person could read about a concern on a page, in small letters: a search in anything else would tell who is behind a mask. */
export const searchableOf = (deps: { readonly maskKey: Uint8Array; readonly clock: Clock }) => {
  const mask = reviewMask(deps.maskKey, deps.clock)
  const masked = kept.get(deps.maskKey) ?? (new Map() as Kept)
  kept.set(deps.maskKey, masked)
  const make = (row: Row, shown: boolean): string => {
    const labels = labelPair(mask, { staffId: row.staff_id, personId: row.person_id }, shown)
    const { ref, account } = row
    return [ref, ref.replace('-', ''), labels.staff, labels.person, labels.clean(account)]
      .join(' ')
      .toLowerCase()
  }
  return (row: Row, shown: boolean): string => {
    // Names that are shown to one person for a shift are never kept.
    if (shown) return make(row, true)
    const { ref, account } = row
    const before = masked.get(ref)
    if (before?.account === account && before.period === mask.period) return before.text
    if (masked.size >= most) masked.clear()
    const text = make(row, false)
    masked.set(ref, { account, period: mask.period, text })
    return text
  }
}
