import { openSession } from './open-session.ts'
import { checkPasskey } from './passkeys.ts'
import type { SignedIn, SignInContext } from './sign-in-context.ts'

export type PasskeyAttempt = {
  /** What the browser's passkey answered, as JSON. */
  readonly answer: string
  readonly from?: string
  readonly headers: Headers
}

/** Signing in with a passkey alone: it is something the person holds, and it checked who holds it. */
export const withPasskey = async (context: SignInContext, attempt: PasskeyAttempt): Promise<SignedIn> => {
  const userId = await checkPasskey(context, 'passkey-sign-in', attempt)
  if (userId === undefined) return { outcome: 'refused' }
  return await openSession(context, {
    userId,
    method: 'passkey',
    secondStep: true,
    from: attempt.from ?? '',
    headers: attempt.headers,
  })
}
