import { endSessions } from '../access/session-store.ts'
import type { Session } from '../access/session.ts'
import { changeWithEntry, self, type AccountDeps } from './account-deps.ts'

/** Ends one other session of a person, or all but this one. False when there was none such. */
export const endOwnSessions = async (
  deps: AccountDeps,
  session: Session,
  which: { readonly only?: string; readonly from: string },
): Promise<boolean> => {
  const { only } = which
  const entry = { what: 'sessions-ended', subject: session.user.id, why: 'own sessions' } as const
  return await changeWithEntry(deps, self(session, which.from), entry, async ({ db }) => {
    const chosen = only === undefined ? { except: session.id } : { only, except: session.id }
    return (await endSessions(db, session.user.id, chosen)) > 0
  })
}
