import { renderSVG } from 'uqr'
import { shortestPassword } from '../../../access/auth-library.ts'
import type { AuthenticatorOffer } from '../../../access/authenticator.ts'
import type { PasskeyQuestion } from '../../../access/passkeys.ts'
import type { Session } from '../../../access/session.ts'
import type { Answer } from '../../define-pages.ts'

const problemsAt = (field: string, fault: string | undefined) =>
  fault === undefined ? [] : [{ href: `#${field}`, text: fault }]

/** The form on which a person chooses their password. */
export const passwordPage = (session: Session, fault?: string): Answer => ({
  show: 'account/password.njk',
  status: fault === undefined ? 200 : 400,
  data: {
    title: 'Choose your password',
    first: session.needs === 'own-password',
    directory: session.method === 'directory',
    shortestPassword,
    fault,
    problems: problemsAt('password', fault),
  },
})

/** The page on which a person connects an authenticator app: a picture, the same as a key, and a code to show it worked. */
export const newAuthenticatorPage = (offer: AuthenticatorOffer, fault?: string): Answer => ({
  show: 'account/authenticator.njk',
  status: fault === undefined ? 200 : 400,
  data: {
    title: 'Connect an authenticator app',
    key: offer.key,
    picture: renderSVG(offer.uri, { border: 4 }),
    fault,
    problems: problemsAt('code', fault),
  },
})

/** Recovery codes, shown once. */
export const codesPage = (codes: readonly string[]): Answer => ({
  show: 'account/recovery-codes.njk',
  data: { title: 'Your recovery codes', codes },
})

type NewPasskey = {
  readonly name: string
  readonly publicUrl: string
  readonly fault: string | undefined
}

/** The page on which the browser makes a passkey; without a question, where passkeys cannot work. */
export const newPasskeyPage = (question: PasskeyQuestion | undefined, given: NewPasskey): Answer => ({
  show: 'account/passkey.njk',
  status: given.fault === undefined ? 200 : 400,
  cookies: question === undefined ? [] : [question.cookie],
  data: {
    title: 'Add a passkey',
    options: question?.options,
    ...given,
    problems: problemsAt('name', given.fault),
  },
})
