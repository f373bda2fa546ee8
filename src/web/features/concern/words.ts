import { getConcern } from '../../../concerns/get-concern.ts'
import { readThread } from '../../../detection/pair-words.ts'
import { useAuthorisation } from '../../../concerns/use-authorisation.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { threadView } from './words-view.ts'

/**
 * Opens one day's words where an authorisation in force covers that day, and leads to where one is asked for otherwise. It answers with them and keeps nothing open: whoever wants to read them again opens them again, and the
 * log has every opening, with the concern and the day.
 */
export const openWords = async (deps: WebDeps, { user, params, from }: Visit): Promise<Answer> => {
  const concern = await getConcern(deps, user, params['ref'] ?? '')
  const day = params['day'] ?? ''
  if (concern === undefined || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
    return 'missing'
  const used = await useAuthorisation(
    deps,
    user,
    { kind: 'message_content', concernRef: concern.ref, fromOn: day, toOn: day },
    from,
  )
  if (used.outcome === 'not-covered')
    return {
      goTo: `${fillPath(paths.concernAuthorisations, { ref: concern.ref })}?for=message_content&day=${day}`,
    }
  const thread = await readThread(deps.lake, { ...concern.pair, day })
  return thread.length === 0
    ? 'missing'
    : { show: 'concern/words.njk', data: threadView(concern, day, thread) }
}
