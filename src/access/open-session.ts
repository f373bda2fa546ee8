import { findUser, isDisabled } from './accounts-store.ts'
import { deviceCookie } from './device-cookie.ts'
import { endSessions, markOpened } from './session-store.ts'
import type { SignInMethod } from './session.ts'
import type { SignedIn, SignInContext } from './sign-in-context.ts'

type Opening = {
  readonly userId: string
  readonly method: SignInMethod
  /** Whether more than a password was shown. */
  readonly secondStep: boolean
  /** Network address, for the person's list of visits. */
  readonly from: string
  readonly headers: Headers
  /** The directory's name for the visit, where it gave one. */
  readonly directoryVisit?: string | null
}

/** Begins a session for a person who has shown who they are, with a new token; the session it came with is ended. */
export const openSession = async (context: SignInContext, opening: Opening): Promise<SignedIn> => {
  const { db, library, clock } = context
  const { userId, method, secondStep, from, headers, directoryVisit = null } = opening
  const user = await findUser(db, userId)
  if (user === undefined || (await isDisabled(db, userId))) return { outcome: 'refused', userId }
  const before = await library.api.getSession({ headers })
  if (before !== null) await endSessions(db, before.user.id, { only: before.session.id })
  const answer = await library.api.openSession({ body: { userId }, headers, returnHeaders: true })
  await markOpened(db, answer.response.token, { method, secondStep, from, at: clock.now(), directoryVisit })
  return {
    outcome: 'signed-in',
    user,
    cookies: [...answer.headers.getSetCookie(), deviceCookie(context, user.email.toLowerCase())],
  }
}
