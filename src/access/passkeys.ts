import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { findPasskey, listPasskeys, markPasskeyUsed } from './passkey-store.ts'
import type { SignInContext } from './sign-in-context.ts'
import type { StepKind } from './sign-in-step-store.ts'
import { beginStep, endStep } from './sign-in-steps.ts'

/** A question for the browser, as JSON, and the cookie that ties it to this browser. */
export type PasskeyQuestion = { readonly options: string; readonly cookie: string }

/** The passkey's own idea of where it is: both must be ours. */
export const relyingParty = ({ publicUrl }: Pick<SignInContext, 'publicUrl'>) => {
  const { hostname, origin } = new URL(publicUrl)
  return { rpID: hostname, expectedOrigin: origin, expectedRPID: hostname }
}

/** Asks the browser for a passkey: any of ours to sign in, one of this person's to prove who they are. */
export const askForPasskey = async (context: SignInContext, userId?: string): Promise<PasskeyQuestion> => {
  const held = userId === undefined ? [] : await listPasskeys(context.db, userId)
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(context).rpID,
    userVerification: 'required',
    allowCredentials: held.map(({ id }) => ({ id })),
  })
  const deps = { ...context, now: context.clock.now() }
  const kind = userId === undefined ? 'passkey-sign-in' : 'passkey-proof'
  const detail = { challenge: options.challenge }
  const cookie = await beginStep(deps, { kind, userId: userId ?? null, detail })
  return { options: JSON.stringify(options), cookie }
}

/** What a browser sends back. The library checks every part of it; this only keeps out what is no answer at all. */
const passkeyAnswer = z.looseObject({
  id: z.string().min(1).max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

/** JSON as typed into a form field by the script; undefined when it is none. */
export const readAnswer = (typed: string) => {
  try {
    return passkeyAnswer.safeParse(JSON.parse(typed)).data
  } catch {
    return undefined
  }
}

const stepDetail = z.object({ challenge: z.string() })

/** The question that this browser was asked. It is taken away: an answer is looked at once. */
export const takeQuestion = async (
  context: SignInContext,
  kind: StepKind,
  headers: Headers,
): Promise<{ challenge: string; userId: string | null } | undefined> => {
  const step = await endStep({ ...context, now: context.clock.now() }, kind, headers)
  const detail = stepDetail.safeParse(step?.detail).data
  if (step === undefined || detail === undefined) return undefined
  return { challenge: detail.challenge, userId: step.userId }
}

/**
 * Whose passkey answered. Undefined when the answer is not to the question this browser was asked, comes from another site,
 * was made without checking the person (PIN, fingerprint, face), is by a passkey we do not know or another person's, or has
 * a count that did not grow, as a copy's would not.
 */
export const checkPasskey = async (
  context: SignInContext,
  kind: 'passkey-sign-in' | 'passkey-proof',
  attempt: { readonly answer: string; readonly headers: Headers },
): Promise<string | undefined> => {
  const question = await takeQuestion(context, kind, attempt.headers)
  const answer = readAnswer(attempt.answer)
  if (question === undefined || answer === undefined) return undefined
  const passkey = await findPasskey(context.db, answer.id)
  if (passkey === undefined || (question.userId !== null && question.userId !== passkey.userId))
    return undefined
  const { expectedOrigin, expectedRPID } = relyingParty(context)
  const verified = await verifyAuthenticationResponse({
    response: answer as unknown as AuthenticationResponseJSON,
    expectedChallenge: question.challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => undefined)
  if (verified?.verified !== true) return undefined
  const { newCounter } = verified.authenticationInfo
  const counted = await markPasskeyUsed(context.db, passkey, newCounter, context.clock.now())
  return counted ? passkey.userId : undefined
}
