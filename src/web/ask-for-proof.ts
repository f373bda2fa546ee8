import { askForPasskey } from '../access/passkeys.ts'
import { proofWays, prove } from '../access/prove.ts'
import { isProofFresh } from '../access/session.ts'
import { appendEvent } from '../audit/audit-log.ts'
import type { Answer, Visit } from './define-pages.ts'
import { paths } from './paths.ts'
import { readProof, withoutProof } from './proof-form.ts'
import type { WebDeps } from './web-deps.ts'

const faults = {
  refused: 'That was not right. Try again.',
  wait: 'Too many wrong tries. Wait fifteen minutes, or sign out and in again.',
} as const

/**
 * The page that asks a person to show anew who they are, before one of the gravest acts; undefined when they did so minutes
 * ago, or do so with this form. What they typed for the act itself travels with the page, so that nothing is lost.
 */
export const askForProof = async (
  deps: WebDeps,
  visit: Visit,
  asked: { readonly method: string; readonly url: string },
): Promise<Answer | undefined> => {
  const { context } = deps.signIn
  const { session, form, headers, user, from } = visit
  if (isProofFresh(session, deps.clock.now())) return undefined
  const given = readProof(form)
  const tried = given.passkey !== '' || given.code !== '' || given.password !== ''
  const event = { who: user.id, subject: '', why: 'Prove who I am', from } as const
  const outcome = tried ? await prove(context, session, { ...given, headers }) : undefined
  if (outcome === 'proved') {
    await appendEvent(deps, { ...event, what: 'identity-proved', outcome: 'done' })
    return undefined
  }
  if (outcome !== undefined)
    await appendEvent(deps, { ...event, what: 'identity-proof-refused', outcome: 'refused' })
  const ways = await proofWays(context, session)
  const passkey = ways.passkey ? await askForPasskey(context, user.id) : undefined
  const fault = outcome === undefined ? undefined : faults[outcome]
  const field = ways.code ? 'proof_code' : 'proof_password'
  return {
    show: 'layouts/prove.njk',
    status: outcome === 'wait' ? 429 : outcome === 'refused' ? 400 : 200,
    ...(passkey === undefined ? {} : { cookies: [passkey.cookie] }),
    data: {
      title: 'Confirm that it is you',
      action: asked.method === 'POST' ? asked.url : paths.proof,
      ways,
      fault,
      options: passkey?.options,
      carried: asked.method === 'POST' ? carriedOf(withoutProof(form)) : [{ name: 'then', value: asked.url }],
      problems: fault === undefined ? [] : [{ href: `#${field}`, text: fault }],
    },
  }
}

/** What was typed for the act, as fields of their own. */
const carriedOf = (form: Readonly<Record<string, unknown>>) =>
  Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(each => typeof each === 'string')
      .map(each => ({ name, value: each })),
  )
