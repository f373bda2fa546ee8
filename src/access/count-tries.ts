import { createHmac } from 'node:crypto'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { addTries, countTries, removeTries } from './failures-store.ts'
import { bucketsOf, rememberedMinutes, tryLimits, type Try } from './try-limits.ts'

type CountDeps = { readonly db: CaseworkDb; readonly secret: string; readonly now: Date }

/** Keyed, so that the table tells nobody who was guessed at, or from where. */
const hashed = (secret: string, name: string): string =>
  createHmac('sha256', secret).update(`tries ${name}`).digest('base64url')

const ago = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

/** A try that may be looked at. It counts as wrong until it is said to have been right. */
export type CountedTry = { readonly wasRight: () => Promise<void> }

/**
 * Counts a try before it is looked at, so that a thousand at the same moment are no more than a thousand one after another.
 * Undefined when it may not be looked at: the answer then tells nothing about what was tried.
 */
export const beginTry = async (
  { db, secret, now }: CountDeps,
  attempt: Try,
): Promise<CountedTry | undefined> => {
  const buckets = bucketsOf(attempt).map(({ name, limit }) => ({ key: hashed(secret, name), limit }))
  const ids = await addTries(
    db,
    buckets.map(({ key }) => key),
    now,
    ago(now, rememberedMinutes),
  )
  for (const { key, limit } of buckets) {
    const { tries, minutes } = tryLimits[limit]
    if ((await countTries(db, key, ago(now, minutes))) <= tries) continue
    await removeTries(db, ids)
    return undefined
  }
  return { wasRight: () => removeTries(db, ids) }
}
