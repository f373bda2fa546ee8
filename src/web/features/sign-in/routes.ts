import { z } from 'zod'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { answerTo } from './answer-to-try.ts'
import { directoryPages } from './directory-routes.ts'
import { codeForm, passkeyForm, signedOutPage, signInForm } from './sign-in-view.ts'

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
  ...directoryPages,
  {
    method: 'POST',
    path: paths.signOut,
    permission: 'signed-in',
    audit: 'signed-out',
    purpose: 'Sign out',
    whileSettingUp: true,
    handle: async ({ signIn }, { headers, session }) => {
      const cookies = await signIn.signOut(headers)
      if (session.method !== 'directory') return { goTo: paths.signIn, cookies }
      return signedOutPage(await signIn.directory?.signOutUrl().catch(() => undefined), cookies)
    },
  },
])
