import { endSessions, findSession, markSeen, type StoredSession } from './session-store.ts'
import { isOver, type Session, type SetUpNeed } from './session.ts'
import type { SignInContext } from './sign-in-context.ts'

/** How often a session that is in use is written down as such. */
const seenEverySeconds = 60

/**
 * Whose visit these headers belong to. A session whose time is over, whose person was disabled, or that comes from another
 * browser than it began in, is ended for good.
 */
export const readSession = async (context: SignInContext, headers: Headers): Promise<Session | undefined> => {
  const { library, db, clock } = context
  const signed = await library.api.getSession({ headers })
  if (signed === null) return undefined
  const stored = await findSession(db, signed.session.token)
  if (stored === undefined) return undefined
  const now = clock.now()
  if (isOver(stored, now) || stored.disabled || stored.agent !== (headers.get('user-agent') ?? '')) {
    await endSessions(db, stored.user.id, { only: stored.id })
    return undefined
  }
  if (now.getTime() - stored.seenAt.getTime() > seenEverySeconds * 1_000) await markSeen(db, stored.id, now)
  const { id, user, method, openedAt, seenAt, provedAt } = stored
  const needs = needsOf(context, stored)
  return { id, token: signed.session.token, user, method, openedAt, seenAt, provedAt, needs }
}

const needsOf = ({ secondStep }: SignInContext, session: StoredSession): SetUpNeed | undefined => {
  if (session.method !== 'password') return undefined
  if (!session.hasOwnPassword) return 'own-password'
  return secondStep === 'required' && !session.secondStep ? 'second-step' : undefined
}
