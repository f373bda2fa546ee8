import type { PasskeyQuestion } from '../../../access/passkeys.ts'
import type { SignIn } from '../../../access/sign-in.ts'
import type { Answer } from '../../define-pages.ts'
import { passkeysWorkHere } from '../../passkeys-work-here.ts'

type SignInErrors = { readonly email?: string; readonly password?: string }

const problemsOf = (errors: SignInErrors) =>
  Object.entries(errors).map(([field, text]) => ({ href: `#${field}`, text }))

/** The first page: a passkey, or e-mail address and password. */
export const signInForm = (
  signIn: SignIn,
  headers: Headers,
  email: string,
  errors: SignInErrors,
): Answer => ({
  show: 'sign-in/sign-in.njk',
  status: Object.keys(errors).length > 0 ? 400 : 200,
  data: {
    title: 'Sign in',
    email,
    errors,
    passkeys: passkeysWorkHere(signIn.context, headers),
    directory: signIn.directory !== undefined,
    problems: problemsOf(errors),
  },
})

/** The same after a second step that took too long or was tried too often. */
export const beginAgainForm = (signIn: SignIn): Answer =>
  signInForm(signIn, new Headers(), '', {
    email: 'That took too long, or was tried too often. Enter your e-mail address and password again',
  })

/** The second step after a password. */
export const codeForm = (fault?: string): Answer => ({
  show: 'sign-in/code.njk',
  status: fault === undefined ? 200 : 400,
  data: {
    title: 'Enter a code',
    errors: { code: fault },
    problems: fault === undefined ? [] : problemsOf({ code: fault } as SignInErrors),
  },
})

/** The page on which the browser asks for a passkey. */
export const passkeyForm = (question: PasskeyQuestion | undefined, fault?: string): Answer => ({
  show: 'sign-in/passkey.njk',
  status: fault === undefined ? 200 : 400,
  cookies: question === undefined ? [] : [question.cookie],
  data: {
    title: 'Sign in with a passkey',
    options: question?.options,
    problems: fault === undefined ? [] : [{ href: '#passkey', text: fault }],
  },
})

/** What a person meets whom the directory did not send back as one of ours. One page for every cause. */
export const directoryRefusedPage: Answer = {
  show: 'sign-in/directory-refused.njk',
  status: 403,
  data: { title: 'Your force account did not sign you in' },
}

/** After signing out of Upstander, for one who is still signed in to the force's directory. */
export const signedOutPage = (signOutUrl: string | undefined, cookies: readonly string[]): Answer => ({
  show: 'sign-in/signed-out.njk',
  cookies,
  data: { title: 'You have signed out', signOutUrl },
})

/** Too many wrong tries: said whether or not there is an account, and whether or not the password is right. */
export const waitPage: Answer = {
  show: 'sign-in/wait.njk',
  status: 429,
  data: { title: 'Too many wrong tries' },
}
