import { findDirectoryAccount } from '../access/directory-accounts-store.ts'
import type { Directory } from '../access/directory.ts'
import { endDirectoryVisit, endSessions, findDirectoryVisitor } from '../access/session-store.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { changeWithEntry, type AccountDeps } from './account-deps.ts'

/**
 * Ends what the directory signed out, at once: visits are read at every request. Where it names one visit, that one; where it names a
 * person alone, every visit of theirs. A token that is not the directory's, and one that was used before, ends none and stands in the log.
 * @returns whether the token was the directory's
 */
export const endWithDirectory = async (
  deps: AccountDeps,
  directory: Directory,
  { token, from }: { readonly token: string; readonly from: string },
): Promise<boolean> => {
  const { db: store } = deps.store
  const ended = await directory.readSignOut(token, deps.clock.now())
  const { subject, visit } = ended ?? {}
  const userId =
    subject === undefined
      ? visit && (await findDirectoryVisitor(store, visit))
      : await findDirectoryAccount(store, subject)
  const why = `the directory signed them out${visit === undefined ? '' : ' of one visit'}`
  if (userId !== undefined) {
    const entry = { what: 'sessions-ended', subject: userId, why } as const
    await changeWithEntry(deps, { id: 'directory', from }, entry, async ({ db }) => {
      if (visit === undefined) await endSessions(db, userId)
      else await endDirectoryVisit(db, userId, visit)
      return true
    })
  } else if (ended === undefined)
    await appendEvent(deps, {
      who: '',
      what: 'sessions-ended',
      subject: '',
      why: 'a sign-out that is not the directory’s',
      from,
      outcome: 'refused',
    })
  return ended !== undefined
}
