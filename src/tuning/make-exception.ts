import { findUser } from '../access/accounts-store.ts'
import { can, type User } from '../access/user.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { findConcernFor } from '../concerns/concern-store.ts'
import { newReference, readReference } from '../concerns/reference.ts'
import { dayOf } from '../core/clock.ts'
import type { Excepted } from '../detection/exceptions.ts'
import type { Lake } from '../lake/lake.ts'
import { insertException } from './exception-store.ts'
import {
  readExceptionForm,
  type CheckedException,
  type ExceptionFaults,
  type TypedException,
} from './read-exception-form.ts'
import type { TuningDeps } from './tuning-deps.ts'

export type ExceptionOutcome =
  | { readonly outcome: 'made'; readonly id: string }
  | { readonly outcome: 'invalid'; readonly faults: ExceptionFaults }
  | { readonly outcome: 'missing' }

/**
 * Makes an exception: from the next detection on, findings dated within its days are kept apart, counted, and add no points.
 * The exception and its entry in the log stand or fall together.
 */
export const makeException = async (
  { lake, store, clock }: TuningDeps,
  user: User,
  typed: TypedException,
  from: string,
): Promise<ExceptionOutcome> => {
  if (!can(user, 'manage-exceptions')) return { outcome: 'missing' }
  const checked = readExceptionForm(typed, dayOf(clock.now()))
  if ('faults' in checked) return { outcome: 'invalid', faults: checked.faults }
  return await store.db.transaction().execute(async trx => {
    const found = await lookUp(trx, lake, user, checked)
    const owner = await findUser(trx, checked.owner)
    const faults: ExceptionFaults = {
      ...('fault' in found ? found.fault : {}),
      ...(owner !== undefined && can(owner, 'decide-concern') ? {} : { owner: 'Select who answers for it' }),
    }
    if (Object.keys(faults).length > 0 || 'fault' in found) return { outcome: 'invalid', faults }
    const id = newReference()
    const { reason, fromOn, untilOn } = checked
    await insertException(trx, {
      id,
      ...found,
      reason,
      owner: checked.owner,
      fromOn,
      untilOn,
      madeBy: user.id,
      madeAt: clock.now(),
    })
    await appendEvent(
      { store: { db: trx }, clock },
      {
        who: user.id,
        what: 'exception-made',
        subject: found.concernRef === '' ? id : `${id} ${found.concernRef}`,
        why: `${found.covers.kind}, ${fromOn} to ${untilOn}: ${reason}`,
        from,
        outcome: 'done',
      },
    )
    return { outcome: 'made', id }
  })
}

type Found = { readonly covers: Excepted; readonly concernRef: string }

/** Finds the pair of a concern, or makes sure that a plan exists. */
const lookUp = async (
  db: CaseworkDb,
  lake: Lake,
  user: User,
  { covers }: CheckedException,
): Promise<Found | { readonly fault: ExceptionFaults }> => {
  if (covers.kind === 'concern') {
    const ref = readReference(covers.ref)
    const concern = ref === undefined ? undefined : await findConcernFor(db, user, 'manage-exceptions', ref)
    return concern === undefined
      ? { fault: { concern: 'No concern has this reference' } }
      : {
          covers: { kind: 'pair', staffId: concern.staff_id, personId: concern.person_id },
          concernRef: concern.ref,
        }
  }
  if (covers.kind === 'plan') {
    const [row] = await lake.rows<{ plans: number }>(
      'select count() as plans from upstander.assignments where assignment_id = {id:String}',
      { id: covers.assignmentId },
    )
    if ((row?.plans ?? 0) === 0) return { fault: { plan: 'No assignment has this id' } }
  }
  return { covers, concernRef: '' }
}
