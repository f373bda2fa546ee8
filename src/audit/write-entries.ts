import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { AppError } from '../core/errors.ts'
import type { AuditEntry } from './audit-entry.ts'
import { insertEntries, readEarlierChain, waitForTurn, type AuditRow } from './audit-store.ts'
import { lastEntryFor } from './log-holder-store.ts'
import type { OpenLog } from './log-state.ts'

/**
 * Numbers entries and writes them to the casework store, within the caller's transaction.
 * @throws AppError LOG_FAILED while the files cannot be written or another process adds, LOG_CHANGED when the store was put back
 */
export const writeEntries = async (
  trx: CaseworkDb,
  open: OpenLog,
  inputs: readonly Omit<AuditEntry, 'seq'>[],
): Promise<AuditRow[]> => {
  if (open.stopped !== undefined) throw open.stopped
  if (open.failed)
    throw new AppError(
      'LOG_FAILED',
      'The log could not be written a moment ago. Nothing is shown or changed until it can.',
    )
  await waitForTurn(trx)
  const last = await lastEntryFor(trx, open.holder)
  if (last < open.sealed.size())
    throw new AppError(
      'LOG_CHANGED',
      `The casework store ends at entry ${last} of the log, and its files at ${open.sealed.size()}: the store was put back from an older copy, or entries were removed. ` +
        'Put back the store that belongs to the files, or run "upstander audit accept-gap" to go on and have the gap on record.',
    )
  const { rowKey } = open.sealed.key
  if (last > 0) return await insertEntries(trx, rowKey, last + 1, inputs)
  const first = await firstEntry(trx, inputs[0]?.at ?? new Date(0))
  return (await insertEntries(trx, rowKey, 1, [...first, ...inputs])).slice(first.length)
}

/** A log that goes on from an earlier one begins with how that one ended. */
const firstEntry = async (trx: CaseworkDb, at: Date): Promise<Omit<AuditEntry, 'seq'>[]> => {
  const earlier = await readEarlierChain(trx)
  if (earlier === undefined) return []
  const subject = `${earlier.entries} ${earlier.head}`
  return [
    { at, who: 'set-up', what: 'log-continued', subject, why: '', from: 'command line', outcome: 'done' },
  ]
}
