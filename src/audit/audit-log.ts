import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { readInput, type AuditEntry, type AuditInput } from './audit-entry.ts'
import { addInTurn, type Unnumbered } from './add-in-turn.ts'
import { writeEntries } from './write-entries.ts'
import { logOf } from './open-log.ts'
import { sealEntries } from './seal-entries.ts'

/** Takes a whole store, or one transaction of it so that a change and its entry stand or fall together. */
export type AuditDeps = { readonly store: { readonly db: CaseworkDb }; readonly clock: Clock }

/**
 * Adds an entry to the log. Await it before releasing anything: no log, no read. Outside a transaction it is on the disk, in the
 * tree and under a signed checkpoint when this settles; within one it is in the store together with the change, and
 * `settleLog` sees to the rest before anything is answered.
 * @throws AppError when the entry cannot be written; then nothing may be released
 */
export const appendEvent = async ({ store, clock }: AuditDeps, input: AuditInput): Promise<AuditEntry> => {
  const entry: Unnumbered = { ...readInput(input), at: clock.now() }
  const open = logOf(store.db)
  if (!store.db.isTransaction) return await addInTurn(open, entry)
  const [written] = await writeEntries(store.db, open, [entry])
  if (written === undefined) throw new Error('no entry was written')
  open.unsealed.add(written.seq)
  sealSoon(open)
  return written
}

/** Milliseconds after which an entry of a transaction is sealed where nobody waits for it. */
const sealWithin = 1_000

const sealSoon = (open: ReturnType<typeof logOf>): void => {
  setTimeout(() => {
    // A failure is remembered there, and met by whoever appends next.
    if (open.unsealed.size > 0) void sealEntries(open).catch(() => undefined)
  }, sealWithin).unref()
}

/**
 * Waits until every entry of committed transactions is in the tree and on the disk. Called before an answer is sent.
 * @throws AppError when it cannot be; then nothing may be sent
 */
export const settleLog = async ({
  store,
}: {
  readonly store: { readonly db: CaseworkDb }
}): Promise<void> => {
  const open = logOf(store.db)
  if (open.unsealed.size > 0 || open.failed) await sealEntries(open)
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
