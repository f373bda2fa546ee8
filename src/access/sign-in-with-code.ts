import { findUser } from './accounts-store.ts'
import { checkCode } from './authenticator.ts'
import { beginTry } from './count-tries.ts'
import { knownDevice } from './device-cookie.ts'
import { openSession } from './open-session.ts'
import { checkRecoveryCode } from './recovery-codes.ts'
import type { SignedIn, SignInContext } from './sign-in-context.ts'
import { countStepTry, currentStep, endStep } from './sign-in-steps.ts'
import { codeTries, type Try } from './try-limits.ts'

export type CodeAttempt = {
  /** Six digits of the app, or a recovery code. */
  readonly code: string
  readonly from?: string
  readonly headers: Headers
}

/** The second step after a password: a code of the authenticator app, or a recovery code. */
export const withCode = async (context: SignInContext, attempt: CodeAttempt): Promise<SignedIn> => {
  const { code, from = '', headers } = attempt
  const now = context.clock.now()
  const deps = { ...context, now }
  const step = await currentStep(deps, 'code', headers)
  const user = step?.userId == null ? undefined : await findUser(context.db, step.userId)
  if (user === undefined) return { outcome: 'begin-again' }
  const counted: Try = {
    person: `code ${user.id}`,
    address: from,
    device: knownDevice(context, user.email.toLowerCase(), headers),
  }
  const counting = await beginTry(deps, counted)
  if (counting === undefined) return { outcome: 'wait' }
  if ((await countStepTry(deps, 'code', headers)) > codeTries) {
    await endStep(deps, 'code', headers)
    return { outcome: 'begin-again', userId: user.id }
  }
  const right = (await checkCode(deps, user.id, code)) || (await checkRecoveryCode(deps, user.id, code))
  if (!right) return { outcome: 'refused', userId: user.id }
  await counting.wasRight()
  if ((await endStep(deps, 'code', headers)) === undefined) return { outcome: 'begin-again', userId: user.id }
  const opening = { userId: user.id, method: 'password', secondStep: true, from, headers } as const
  return await openSession(context, opening)
}
