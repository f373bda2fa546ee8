import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Held } from './held-rows.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const tag = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * What was destroyed, so that it can be destroyed again in a copy that is older. Names nobody: whose rows stayed is told by tags
 * that only the key of the data folder makes from an id.
 */
export const erasureOrder = z.strictObject({
  id: z.string().min(1),
  at: z.iso.datetime(),
  /** Rows that had grown old before these days. */
  feeds: z.array(z.strictObject({ feed: z.string().min(1), before: day })),
  /** Rejected and replaced records of files taken in before this day. */
  rejectsBefore: day,
  /** References of concerns. */
  concerns: z.array(z.string().min(1)),
  /** Tag of nobody: says whether the key at hand is the one that the other tags were made with. */
  key: tag,
  heldStaff: z.array(tag),
  heldPeople: z.array(tag),
})

export type ErasureOrder = z.infer<typeof erasureOrder>

/** What stands in the register for an id. */
export const tagOf = (key: Uint8Array, kind: 'staff' | 'person', id: string): string =>
  createHmac('sha256', key).update(`${kind} ${id}`).digest('hex')

/** What says which key made the tags of an order. */
export const tagOfKey = (key: Uint8Array): string => tagOf(key, 'staff', '')

/** Ids of a store whose tags an order holds. */
export const heldBy = (
  order: Pick<ErasureOrder, 'heldStaff' | 'heldPeople'>,
  key: Uint8Array,
  known: Held,
): Held => {
  const pick = (kind: 'staff' | 'person', ids: readonly string[], tags: readonly string[]) => {
    if (tags.length === 0) return []
    const wanted = new Set(tags)
    return ids.filter(id => wanted.has(tagOf(key, kind, id)))
  }
  return {
    staff: pick('staff', known.staff, order.heldStaff),
    people: pick('person', known.people, order.heldPeople),
  }
}
