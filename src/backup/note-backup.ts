import { endEverySession } from '../access/session-store.ts'
import { appendEvent, type AuditDeps } from '../audit/audit-log.ts'
import { endEveryLease } from '../audit/log-holder-store.ts'

/** Writes in the log that a backup is about to be made: the backup holds the entry too. */
export const noteBackup = async (deps: AuditDeps, id: string, encrypted: boolean): Promise<void> => {
  await appendEvent(deps, {
    who: 'set-up',
    what: 'backup-made',
    subject: id,
    why: encrypted ? 'Back up, encrypted' : 'Back up, not encrypted',
    from: 'command line',
    outcome: 'done',
  })
}

/**
 * Writes in the restored log that it was restored, and ends every visit: one that was ended since the backup was made would
 * be open again.
 */
export const noteRestored = async (
  deps: AuditDeps,
  { id, madeAt }: { readonly id: string; readonly madeAt: string },
): Promise<void> => {
  const end = { who: 'set-up', what: 'sessions-ended', subject: '', from: 'command line' } as const
  await endEveryLease(deps.store.db)
  await endEverySession(deps.store.db)
  await appendEvent(deps, { ...end, why: 'A backup was restored', outcome: 'done' })
  await appendEvent(deps, {
    who: 'set-up',
    what: 'backup-restored',
    subject: id,
    why: `Everything stands as at ${madeAt}`,
    from: 'command line',
    outcome: 'done',
  })
}
