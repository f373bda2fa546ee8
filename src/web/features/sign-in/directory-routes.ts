import { askDirectory, signInWithDirectory } from '../../../accounts/sign-in-with-directory.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { answerTo } from './answer-to-try.ts'
import { directoryRefusedPage } from './sign-in-view.ts'

/** Only what the directory's answer may hold, as the address that the token is asked for with. */
const answerUrl = (publicUrl: string, query: Readonly<Record<string, unknown>>): URL => {
  const url = new URL(paths.signInDirectoryBack, publicUrl)
  for (const [name, value] of Object.entries(query))
    if (typeof value === 'string') url.searchParams.append(name, value)
  return url
}

/** Signing in with the force's directory: there, and back. */
export const directoryPages = definePages([
  {
    method: 'GET',
    path: paths.signInDirectory,
    permission: 'anyone',
    audit: 'not-audited',
    purpose: 'Sign in',
    handle: async deps => {
      const { directory } = deps.signIn
      if (directory === undefined) return 'missing'
      const asked = await askDirectory(deps, directory).catch(() => undefined)
      return asked === undefined ? directoryRefusedPage : { goTo: asked.url, cookies: [asked.cookie] }
    },
  },
  {
    method: 'GET',
    path: paths.signInDirectoryBack,
    permission: 'anyone',
    audit: { byUseCase: 'signed-in' },
    purpose: 'Sign in',
    handle: async (deps, visit) => {
      const { directory } = deps.signIn
      if (directory === undefined) return 'missing'
      const url = answerUrl(deps.signIn.context.publicUrl, visit.query)
      const { headers, from } = visit
      const result = await signInWithDirectory(deps, directory, { url, headers, from })
      return await answerTo(deps, visit, result, () => directoryRefusedPage)
    },
  },
])
