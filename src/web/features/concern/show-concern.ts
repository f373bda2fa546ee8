import { can } from '../../../access/user.ts'
import { labelPerson, reviewMask } from '../../../concerns/labels.ts'
import { readNotices } from '../../../concerns/notices.ts'
import { lastEvaluation } from '../../../evaluation/evaluation-store.ts'
import { getConcern } from '../../../concerns/get-concern.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import type { WebDeps } from '../../web-deps.ts'
import { readConcernRecord } from './concern-record.ts'
import { concernView } from './concern-view.ts'
import type { DecisionAgain } from './form-view.ts'
import { frequencyView } from './frequency-view.ts'
import { readPrior } from './prior-view.ts'
import { readWindowChoice } from './timeline-window.ts'

/** What a form on the page was found to lack, so that it is shown again as it was typed. */
export type Again = {
  readonly decision?: DecisionAgain
  readonly unmask?: { readonly reason: string; readonly error: string }
  readonly recusal?: { readonly error: string }
  /** A sentence above the page, where no field is at fault. */
  readonly notice?: string
}

/** Shows a concern: with 400 where a form on it has to be mended, with 409 where it changed meanwhile. */
export const showConcern = async (deps: WebDeps, visit: Visit, again: Again = {}): Promise<Answer> => {
  const concern = await getConcern(deps, visit.user, visit.params['ref'] ?? '')
  if (concern === undefined) return 'missing'
  const record = await readConcernRecord(deps, visit.user, concern, readWindowChoice(visit.query))
  const mask = reviewMask(deps.maskKey, deps.clock)
  const view = concernView({
    concern,
    record,
    matrix: deps.content.matrix,
    indicators: deps.content.indicators,
    namePerson: personId => labelPerson(mask, personId),
    explanations: deps.content.innocentExplanations,
    frequency: frequencyView(concern.band, {
      own: await lastEvaluation(deps.lake),
      ...deps.content.measured,
    }),
    prior: readPrior(visit.query),
    mayDecide: can(visit.user, 'decide-concern') && concern.status !== 'closed',
    mayLookFurther: can(visit.user, 'run-sweep'),
    mayAskAuthorisation: can(visit.user, 'ask-authorisation'),
    ...(await readNotices(deps, concern.ref)),
    mayOpenWords: can(visit.user, 'open-words'),
    again: again.decision,
    unmaskAgain: again.unmask,
    recusalAgain: again.recusal,
  })
  const faulty = again.decision !== undefined || again.unmask !== undefined || again.recusal !== undefined
  return {
    show: 'concern/concern.njk',
    data: { ...view, notice: again.notice },
    status: again.notice !== undefined ? 409 : faulty ? 400 : 200,
  }
}
