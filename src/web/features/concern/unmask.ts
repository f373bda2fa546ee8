import { z } from 'zod'
import { grantUnmask, requestUnmask } from '../../../concerns/unmask.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { showAgain } from './decide.ts'

const typed = z.object({ reason: z.string().trim().max(5_000).catch('') })

/** Records why a person needs to know who a concern is about; one who may grant it is shown at once. */
export const askToUnmask = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const ref = visit.params['ref'] ?? ''
  const { reason } = typed.parse(visit.form)
  const result = await requestUnmask(deps, visit.user, ref, { reason, from: visit.from })
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid')
    return await showAgain(deps, visit, { unmask: { reason, error: result.fault } })
  // Back to where it says that another has to agree: the top of the page says nothing of it.
  return { goTo: `${fillPath(paths.concern, { ref })}#further-title` }
}

/** Agrees that another person is shown who a concern is about. */
export const agreeToUnmask = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { ref = '', request = '' } = visit.params
  const result = await grantUnmask(deps, visit.user, request, visit.from)
  if (result.outcome === 'invalid') return await showAgain(deps, visit, { notice: `${result.fault}.` })
  // To the history, whose newest line says that they are shown it: the rest of the page is as it was.
  return result.outcome === 'shown'
    ? { goTo: `${fillPath(paths.concern, { ref })}#history-title` }
    : 'missing'
}
