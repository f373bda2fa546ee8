import { findDirectoryAccount } from '../access/directory-accounts-store.ts'
import type { Directory } from '../access/directory.ts'
import { endSessions } from '../access/session-store.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'

/**
 * Ends every visit of whom the directory signed out, at once: visits are read at every request. A token that is not the directory's, and
 * one that was used before, ends none and stands in the log.
 * @returns whether the token was the directory's
 */
export const endWithDirectory = async (
  deps: AccountDeps,
  directory: Directory,
  { token, from }: { readonly token: string; readonly from: string },
): Promise<boolean> => {
  const subject = await directory.readSignOut(token, deps.clock.now())
  const userId = subject === undefined ? undefined : await findDirectoryAccount(deps.store.db, subject)
  const why = 'the directory signed them out'
  if (userId !== undefined) {
    const entry = { what: 'sessions-ended', subject: userId, why } as const
    await changeWithEntry(deps, { id: 'directory', from }, entry, async ({ db }) => {
      await endSessions(db, userId)
      return true
    })
  } else if (subject === undefined)
    await appendEvent(deps, {
      who: '',
      what: 'sessions-ended',
      subject: '',
      why: 'a sign-out that is not the directory’s',
      from,
      outcome: 'refused',
    })
  return subject !== undefined
}
