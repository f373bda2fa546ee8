import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { insertPasskey, listPasskeys } from './passkey-store.ts'
import { readAnswer, relyingParty, takeQuestion, type PasskeyQuestion } from './passkeys.ts'
import type { SignInContext } from './sign-in-context.ts'
import { beginStep } from './sign-in-steps.ts'
import type { User } from './user.ts'

/** Asks the browser to make a passkey for a person: one that finds them by itself, and checks who holds it. */
export const offerPasskey = async (context: SignInContext, user: User): Promise<PasskeyQuestion> => {
  const held = await listPasskeys(context.db, user.id)
  const options = await generateRegistrationOptions({
    rpName: 'Upstander',
    rpID: relyingParty(context).rpID,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    excludeCredentials: held.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const deps = { ...context, now: context.clock.now() }
  const detail = { challenge: options.challenge }
  const cookie = await beginStep(deps, { kind: 'passkey-new', userId: user.id, detail })
  return { options: JSON.stringify(options), cookie }
}

/** Keeps the passkey that the browser made; false when its answer is not to our question to this person. */
export const addPasskey = async (
  context: SignInContext,
  user: User,
  made: { readonly answer: string; readonly name: string; readonly headers: Headers },
): Promise<boolean> => {
  const question = await takeQuestion(context, 'passkey-new', made.headers)
  const answer = readAnswer(made.answer)
  if (question?.userId !== user.id || answer === undefined) return false
  const { expectedOrigin, expectedRPID } = relyingParty(context)
  const verified = await verifyRegistrationResponse({
    response: answer as unknown as RegistrationResponseJSON,
    expectedChallenge: question.challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (verified?.verified !== true) return false
  const { credential } = verified.registrationInfo
  return await insertPasskey(context.db, {
    id: credential.id,
    userId: user.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    name: made.name,
    madeAt: context.clock.now(),
  })
}
