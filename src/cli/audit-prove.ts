import type { Command } from 'commander'
import { appendEvent } from '../audit/audit-log.ts'
import { discloseEntry } from '../audit/disclose-entry.ts'
import { findEntryByReference } from '../audit/search-log-store.ts'
import { systemClock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { writeProof } from '../log-check/proof.ts'
import { atTheMachine } from './at-the-machine.ts'
import { withCasework } from './with-casework.ts'

/** The proof of one entry, named by its number or by the reference that the page of the log shows, with what it says in the clear. Handing it out is an entry of the log first. */
export const proveEntry = (command: Command, typed: string, why: string): Promise<string> =>
  withCasework(command, async store => {
    const entry = /^[0-9a-f]{12}$/.test(typed) ? await findEntryByReference(store.db, typed) : Number(typed)
    if (entry === undefined || !Number.isSafeInteger(entry) || entry < 1)
      throw new AppError('NOT_FOUND', `The log has no entry ${typed}.`)
    await appendEvent(
      { store, clock: systemClock },
      {
        who: atTheMachine().id,
        what: 'log-proved',
        subject: String(entry),
        why,
        from: 'command line',
        outcome: 'allowed',
      },
    )
    const found = await discloseEntry(store, entry)
    if (found === undefined) throw new AppError('NOT_FOUND', `The log has no entry ${entry}.`)
    return writeProof(found.disclosed, entry - 1, found.path, found.checkpoint)
  })
