import { z } from 'zod'
import { recuse } from '../../../concerns/recuse.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { showAgain } from './decide.ts'

const typed = z.object({ knows: z.string().max(20).catch('') })

/** Takes the person off the concern, and leads back to the queue, where it is no longer. */
export const takeOff = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { knows } = typed.parse(visit.form)
  const result = await recuse(deps, visit.user, visit.params['ref'] ?? '', { knows, from: visit.from })
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid') return await showAgain(deps, visit, { recusal: { error: result.fault } })
  return { goTo: paths.queue }
}
