import { demand, type User } from '../access/user.ts'
import { dayOf } from '../core/clock.ts'
import { selectNew, selectWaiting } from './concern-store.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { returnWatched } from './return-watched.ts'

/**
 * How many concerns wait for a decision, and how many of them are overdue, of those that the person who asks may know of.
 * @throws AppError REFUSED
 */
export const countWaiting = async (
  deps: ConcernDeps,
  user: User,
): Promise<{ readonly all: number; readonly late: number }> => {
  demand(user, 'read-queue')
  await returnWatched(deps)
  return await selectWaiting(deps.store.db, user.id, dayOf(deps.clock.now()))
}

/**
 * How many of them came to wait since a moment, such as the start of the last detection.
 * @throws AppError REFUSED
 */
export const countNew = async (deps: ConcernDeps, user: User, since: Date): Promise<number> => {
  demand(user, 'read-queue')
  return await selectNew(deps.store.db, user.id, since)
}
