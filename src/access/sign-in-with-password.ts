import { APIError } from 'better-auth/api'
import { hasAuthenticator } from './authenticator.ts'
import { beginTry } from './count-tries.ts'
import { knownDevice } from './device-cookie.ts'
import { openSession } from './open-session.ts'
import { findPasswordLimit } from './accounts-store.ts'
import { endSessions } from './session-store.ts'
import type { SignedIn, SignInContext } from './sign-in-context.ts'
import { beginStep } from './sign-in-steps.ts'
import type { Try } from './try-limits.ts'

export type PasswordAttempt = {
  readonly email: string
  readonly password: string
  /** Network address, for the limits. */
  readonly from?: string
  readonly headers?: Headers
}

/** The first step with a password. Where the person has an authenticator app, nothing is open yet: a code is asked for. */
export const withPassword = async (context: SignInContext, attempt: PasswordAttempt): Promise<SignedIn> => {
  const { headers = new Headers(), from = '', password } = attempt
  const now = context.clock.now()
  const email = attempt.email.trim().toLowerCase()
  const counted: Try = { person: email, address: from, device: knownDevice(context, email, headers) }
  const counting = await beginTry({ ...context, now }, counted)
  if (counting === undefined) return { outcome: 'wait' }
  const userId = await checkPassword(context, email, password)
  if (userId === undefined) return { outcome: 'refused' }
  await counting.wasRight()
  const limit = await findPasswordLimit(context.db, userId)
  if (limit !== null && limit <= now) return { outcome: 'refused', userId }
  if (!(await hasAuthenticator(context.db, userId)))
    return await openSession(context, { userId, method: 'password', secondStep: false, from, headers })
  const step = { kind: 'code', userId, detail: {} } as const
  const cookie = await beginStep({ ...context, now }, step)
  return { outcome: 'code-needed', userId, cookies: [cookie] }
}

/** Whose password this is. The library takes as long over an address that has no account as over a wrong password. */
const checkPassword = async (
  { library, db }: SignInContext,
  email: string,
  password: string,
): Promise<string | undefined> => {
  try {
    const { token, user } = await library.api.signInEmail({ body: { email, password } })
    // The library opens a session for a right password; ours are opened when every step is done.
    const opened = await db.selectFrom('sessions').select('id').where('token', '=', token).executeTakeFirst()
    if (opened !== undefined) await endSessions(db, user.id, { only: opened.id })
    return user.id
  } catch (cause) {
    if (cause instanceof APIError) return undefined
    throw cause
  }
}
