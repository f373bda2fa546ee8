import { hasAuthenticator, checkCode } from './authenticator.ts'
import { beginTry } from './count-tries.ts'
import { findPasswordHash } from './accounts-store.ts'
import { listPasskeys } from './passkey-store.ts'
import { checkPasskey } from './passkeys.ts'
import { verifyPassword } from './password-hash.ts'
import { markProved } from './session-store.ts'
import type { Session } from './session.ts'
import type { SignInContext } from './sign-in-context.ts'
import type { Try } from './try-limits.ts'

/** Ways in which a person can show anew who they are. A password counts only where nothing better was set up. */
export type ProofWays = { readonly passkey: boolean; readonly code: boolean; readonly password: boolean }

export const proofWays = async (context: SignInContext, session: Session): Promise<ProofWays> => {
  const passkey = (await listPasskeys(context.db, session.user.id)).length > 0
  const code = await hasAuthenticator(context.db, session.user.id)
  return { passkey, code, password: !passkey && !code && session.method === 'password' }
}

export type ProofAttempt = {
  readonly passkey: string
  readonly code: string
  readonly password: string
  readonly headers: Headers
}

/** Checks who sits there, and notes it in the session when it is its person. Wrong tries are limited for each session. */
export const prove = async (
  context: SignInContext,
  session: Session,
  attempt: ProofAttempt,
): Promise<'proved' | 'refused' | 'wait'> => {
  const now = context.clock.now()
  const deps = { ...context, now }
  const counted: Try = { person: `proof ${session.user.id}`, address: '', device: session.id }
  const counting = await beginTry(deps, counted)
  if (counting === undefined) return 'wait'
  if (!(await isRight(context, session, attempt, now))) return 'refused'
  await counting.wasRight()
  await markProved(context.db, session.id, now, attempt.password === '')
  return 'proved'
}

const isRight = async (
  context: SignInContext,
  session: Session,
  { passkey, code, password, headers }: ProofAttempt,
  now: Date,
): Promise<boolean> => {
  const ways = await proofWays(context, session)
  const { id } = session.user
  if (ways.passkey && passkey !== '')
    return (await checkPasskey(context, 'passkey-proof', { answer: passkey, headers })) === id
  if (ways.code && code !== '') return await checkCode({ ...context, now }, id, code)
  if (!ways.password || password === '') return false
  const hash = await findPasswordHash(context.db, id)
  return hash !== undefined && (await verifyPassword({ hash, password }))
}
