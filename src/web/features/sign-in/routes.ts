import { z } from 'zod'
import { appendEvent } from '../../../audit/audit-log.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'

const typed = z.object({
  email: z.string().trim().max(254).catch(''),
  password: z.string().max(256).catch(''),
})

/** Signing in and out. */
export const signInPages = definePages([
  {
    method: 'GET',
    path: paths.signIn,
    permission: 'anyone',
    audit: 'not-audited',
    purpose: 'Sign in',
    handle: (_, { user }) =>
      Promise.resolve(user === undefined ? signInForm('', {}) : { goTo: paths.overview }),
  },
  {
    method: 'POST',
    path: paths.signIn,
    permission: 'anyone',
    audit: { byUseCase: 'signed-in' },
    purpose: 'Sign in',
    handle: async (deps, { form, headers, from }) => {
      const { email, password } = typed.parse(form)
      const missing = {
        ...(email === '' ? { email: 'Enter your e-mail address' } : {}),
        ...(password === '' ? { password: 'Enter your password' } : {}),
      }
      if (Object.keys(missing).length > 0) return signInForm(email, missing)
      const result = await deps.signIn.signIn({ email, password, headers })
      const event = { subject: '', why: 'Sign in', from } as const
      if (result.outcome === 'refused') {
        await appendEvent(deps, { ...event, who: '', what: 'sign-in-refused', outcome: 'refused' })
        return signInForm(email, { email: 'The e-mail address or the password is wrong' })
      }
      await appendEvent(deps, { ...event, who: result.user.id, what: 'signed-in', outcome: 'done' })
      return { goTo: paths.overview, cookies: result.headers.getSetCookie() }
    },
  },
  {
    method: 'POST',
    path: paths.signOut,
    permission: 'signed-in',
    audit: 'signed-out',
    purpose: 'Sign out',
    handle: async ({ signIn }, { headers }) => ({
      goTo: paths.signIn,
      headers: await signIn.signOut(headers),
    }),
  },
])

type SignInErrors = { readonly email?: string; readonly password?: string }

const signInForm = (email: string, errors: SignInErrors) => ({
  show: 'sign-in/sign-in.njk',
  status: Object.keys(errors).length > 0 ? 400 : 200,
  data: {
    title: 'Sign in',
    email,
    errors,
    problems: Object.entries(errors).map(([field, text]) => ({ href: `#${field}`, text })),
  },
})
