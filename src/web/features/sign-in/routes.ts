import { z } from 'zod'
import type { SignedIn } from '../../../access/sign-in-context.ts'
import { appendEvent } from '../../../audit/audit-log.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { beginAgainForm, codeForm, passkeyForm, signInForm, waitPage } from './sign-in-view.ts'

const typed = z.object({
  email: z.string().trim().max(254).catch(''),
  password: z.string().max(256).catch(''),
  code: z.string().trim().max(40).catch(''),
  answer: z.string().max(20_000).catch(''),
})

/** Signing in, in one step with a passkey or in two with a password, and signing out. */
export const signInPages = definePages([
  {
    method: 'GET',
    path: paths.signIn,
    permission: 'anyone',
    audit: 'not-audited',
    purpose: 'Sign in',
    handle: ({ signIn }, { user, headers }) =>
      Promise.resolve(user === undefined ? signInForm(signIn, headers, '', {}) : { goTo: paths.overview }),
  },
  {
    method: 'POST',
    path: paths.signIn,
    permission: 'anyone',
    audit: { byUseCase: 'signed-in' },
    purpose: 'Sign in',
    handle: async (deps, visit) => {
      const { email, password } = typed.parse(visit.form)
      const missing = {
        ...(email === '' ? { email: 'Enter your e-mail address' } : {}),
        ...(password === '' ? { password: 'Enter your password' } : {}),
      }
      const again = (errors: Parameters<typeof signInForm>[3]) =>
        signInForm(deps.signIn, visit.headers, email, errors)
      if (Object.keys(missing).length > 0) return again(missing)
      const { headers, from } = visit
      const result = await deps.signIn.withPassword({ email, password, headers, from })
      return await answerTo(deps, visit, result, () =>
        again({ email: 'The e-mail address or the password is wrong' }),
      )
    },
  },
  {
    method: 'GET',
    path: paths.signInCode,
    permission: 'anyone',
    audit: 'not-audited',
    purpose: 'Sign in',
    handle: () => Promise.resolve(codeForm()),
  },
  {
    method: 'POST',
    path: paths.signInCode,
    permission: 'anyone',
    audit: { byUseCase: 'signed-in' },
    purpose: 'Sign in',
    handle: async (deps, visit) => {
      const { code } = typed.parse(visit.form)
      if (code === '') return codeForm('Enter the six digits that your authenticator app shows')
      const { headers, from } = visit
      const result = await deps.signIn.withCode({ code, headers, from })
      return await answerTo(deps, visit, result, () =>
        codeForm('The code is wrong, or was used already. Wait for the next one, or use a recovery code'),
      )
    },
  },
  {
    method: 'GET',
    path: paths.signInPasskey,
    permission: 'anyone',
    audit: 'not-audited',
    purpose: 'Sign in',
    handle: async ({ signIn }) => passkeyForm(await signIn.askForPasskey()),
  },
  {
    method: 'POST',
    path: paths.signInPasskey,
    permission: 'anyone',
    audit: { byUseCase: 'signed-in' },
    purpose: 'Sign in',
    handle: async (deps, visit) => {
      const { answer } = typed.parse(visit.form)
      const result = await deps.signIn.withPasskey({ answer, headers: visit.headers, from: visit.from })
      const question = result.outcome === 'refused' ? await deps.signIn.askForPasskey() : undefined
      return await answerTo(deps, visit, result, () =>
        passkeyForm(question, 'This passkey did not sign you in'),
      )
    },
  },
  {
    method: 'POST',
    path: paths.signOut,
    permission: 'signed-in',
    audit: 'signed-out',
    purpose: 'Sign out',
    whileSettingUp: true,
    handle: async ({ signIn }, { headers }) => ({
      goTo: paths.signIn,
      cookies: await signIn.signOut(headers),
    }),
  },
])

/** Writes down how a try ended, and leads on. */
const answerTo = async (
  deps: WebDeps,
  { from }: Pick<Visit<undefined>, 'from'>,
  result: SignedIn,
  again: () => Answer,
): Promise<Answer> => {
  const event = { subject: '', why: 'Sign in', from } as const
  if (result.outcome === 'signed-in') {
    await appendEvent(deps, { ...event, who: result.user.id, what: 'signed-in', outcome: 'done' })
    return { goTo: paths.overview, cookies: result.cookies }
  }
  if (result.outcome === 'code-needed') {
    await appendEvent(deps, { ...event, who: result.userId, what: 'password-right', outcome: 'done' })
    return { goTo: paths.signInCode, cookies: result.cookies }
  }
  const who = 'userId' in result ? (result.userId ?? '') : ''
  await appendEvent(deps, { ...event, who, what: 'sign-in-refused', outcome: 'refused' })
  if (result.outcome === 'wait') return waitPage
  return result.outcome === 'begin-again' ? beginAgainForm(deps.signIn) : again()
}
