import type { SignedIn } from '../../../access/sign-in-context.ts'
import { appendEvent } from '../../../audit/audit-log.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { beginAgainForm, waitPage } from './sign-in-view.ts'

/** Writes down how a try ended, and leads on. */
export const answerTo = async (
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
