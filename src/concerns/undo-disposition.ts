import type { User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { findConcernFor, insertHistory } from './concern-store.ts'
import { findLastDisposition, markUndone, movePlace, type Place } from './disposition-store.ts'
import { dispositions, undoMinutes, type DispositionKind } from './dispositions.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { readReference } from './reference.ts'

export type UndoOutcome =
  | { readonly outcome: 'undone' }
  /** Ten minutes have passed, or the concern has moved on. */
  | { readonly outcome: 'too-late' }
  | { readonly outcome: 'not-yours' }
  | { readonly outcome: 'nothing-to-undo' }
  | { readonly outcome: 'missing' }

/** Takes back the last disposition, within ten minutes and by whoever recorded it. Both stay in the history. */
export const undoDisposition = async (
  { store, clock }: ConcernDeps,
  user: User,
  typed: string,
  from = '',
): Promise<UndoOutcome> => {
  const ref = readReference(typed)
  if (ref === undefined) return { outcome: 'missing' }
  return await store.db.transaction().execute(async trx => {
    const stored = await findConcernFor(trx, user, 'decide-concern', ref, true)
    if (stored === undefined) return { outcome: 'missing' }
    const last = await findLastDisposition(trx, ref)
    if (last === undefined) return { outcome: 'nothing-to-undo' }
    if (last.by_user !== user.id) return { outcome: 'not-yours' }
    const now = clock.now()
    const late = now.getTime() >= last.at.getTime() + undoMinutes * 60_000
    // Reopened or returned since: what was decided no longer holds, so there is nothing to put back.
    const moved = stored.status !== dispositions[last.kind as DispositionKind].leadsTo
    if (late || moved) return { outcome: 'too-late' }
    await markUndone(trx, last.id, now)
    await movePlace(trx, ref, last.before as Place)
    const detail = {
      says: `Took back: ${dispositions[last.kind as DispositionKind].label.replace('…', '')}.`,
    }
    await insertHistory(trx, { ref, at: now, kind: 'undone', byUser: user.id, detail })
    await appendEvent(
      { store: { db: trx }, clock },
      { who: user.id, what: 'concern-decision-undone', subject: ref, why: last.kind, from, outcome: 'done' },
    )
    return { outcome: 'undone' }
  })
}
