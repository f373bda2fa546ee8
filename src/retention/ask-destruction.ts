import { randomUUID } from 'node:crypto'
import { demand, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import {
  agreeDestruction,
  insertDestruction,
  withdrawDestruction,
  type DestructionPlan,
} from './destruction-store.ts'
import { readHeld } from './hold-store.ts'
import { planDestruction, type RetentionDeps } from './plan-destruction.ts'

/** A sentence that says what to mend, or that it was done. */
export type Asked = { readonly fault: string } | 'done'

/**
 * Asks that what is due be destroyed. Nothing is destroyed before another person has agreed.
 * @throws AppError REFUSED
 */
export const askDestruction = async (
  deps: RetentionDeps,
  user: User,
  { reason, from }: { readonly reason: string; readonly from: string },
): Promise<Asked> => {
  demand(user, 'manage-retention')
  const { store, clock } = deps
  if (reason === '') return { fault: 'Enter why this is to be destroyed now' }
  if ((await readHeld(store.db)).everything) return { fault: 'Everything is on hold: end that hold first' }
  const plan = await planDestruction(deps)
  return await store.db.transaction().execute(async db => {
    const id = randomUUID()
    const asked = await insertDestruction(db, {
      id,
      reason,
      plan,
      askedBy: user.id,
      askedAt: clock.now(),
    })
    if (!asked) return { fault: 'Somebody has asked already: answer that first' }
    const why = `Asked to destroy ${planWords(plan)}: ${reason}`
    await appendEvent(
      { store: { db }, clock },
      { who: user.id, what: 'destruction-asked', subject: id, why, from, outcome: 'done' },
    )
    return 'done' as const
  })
}

/**
 * Agrees to what another person asked for, or takes a request back. What was agreed is carried out by the next nightly run; until
 * then either of the two, or anybody who may ask, can take it back.
 * @returns missing when there is no such request, or it is one's own
 * @throws AppError REFUSED
 */
export const answerDestruction = async (
  { store, clock }: Pick<RetentionDeps, 'store' | 'clock'>,
  user: User,
  { id, answer, from }: { readonly id: string; readonly answer: 'agree' | 'withdraw'; readonly from: string },
): Promise<'done' | 'missing'> => {
  demand(user, 'manage-retention')
  return await store.db.transaction().execute(async db => {
    const step = { id, by: user.id, at: clock.now() }
    const done = answer === 'agree' ? await agreeDestruction(db, step) : await withdrawDestruction(db, step)
    const what = answer === 'agree' ? 'destruction-agreed' : 'destruction-withdrawn'
    await appendEvent(
      { store: { db }, clock },
      {
        who: user.id,
        what,
        subject: id.slice(0, 60),
        why: 'Destroy what is due',
        from,
        outcome: done ? 'done' : 'refused',
      },
    )
    return done ? ('done' as const) : ('missing' as const)
  })
}

/** What a plan destroys at most, in words for the log: numbers, and nobody. */
export const planWords = ({ feeds, rejects, closedBefore }: DestructionPlan): string =>
  [
    `${feeds.reduce((sum, each) => sum + each.rows, 0)} records of ${feeds.length} feeds`,
    `${rejects} rejected records`,
    `concerns closed before ${closedBefore}`,
  ].join(', ')
