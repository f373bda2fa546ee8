import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import type { AuditEntry, AuditInput } from './audit-entry.ts'
import { insertEntry } from './audit-store.ts'

/** Takes a whole store, or one transaction of it so that a change and its entry stand or fall together. */
export type AuditDeps = { readonly store: { readonly db: CaseworkDb }; readonly clock: Clock }

/**
 * Adds an entry to the log. Await it before releasing anything: no log, no read.
 * Throws when the entry cannot be written; then nothing may be released.
 */
export const appendEvent = async ({ store, clock }: AuditDeps, input: AuditInput): Promise<AuditEntry> => {
  const entry = { ...input, at: clock.now() }
  return store.db.isTransaction
    ? await insertEntry(store.db, entry)
    : await store.db.transaction().execute(async trx => insertEntry(trx, entry))
}

/** Writes that somebody reads something, then reads it; writes also that the reading failed. */
export const withAudit = async <Result>(
  deps: AuditDeps,
  event: Omit<AuditInput, 'outcome'>,
  read: () => Promise<Result>,
): Promise<Result> => {
  await appendEvent(deps, { ...event, outcome: 'allowed' })
  try {
    return await read()
  } catch (cause) {
    await appendEvent(deps, { ...event, outcome: 'failed' })
    throw cause
  }
}
