import { listUsers } from '../../../access/accounts-store.ts'
import { can } from '../../../access/user.ts'
import { appendEvent } from '../../../audit/audit-log.ts'
import { reviewMask } from '../../../concerns/labels.ts'
import { dayOf } from '../../../core/clock.ts'
import { readRuns } from '../../../detection/runs.ts'
import { readExcepted } from '../../../detection/unexcepted.ts'
import { endException } from '../../../tuning/end-exception.ts'
import { listExceptions } from '../../../tuning/exception-store.ts'
import { makeException } from '../../../tuning/make-exception.ts'
import type { ExceptionFaults } from '../../../tuning/read-exception-form.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import {
  exceptionFormView,
  exceptionProblems,
  freshForm,
  readTyped,
  typedException,
  type TypedForm,
} from './exception-form.ts'
import { exceptionsView } from './exceptions-view.ts'

/** The list of exceptions. */
export const showExceptions = async (deps: WebDeps): Promise<Answer> => {
  const run = (await readRuns(deps.lake)).find(each => each.result !== undefined)
  return {
    show: 'exceptions/exceptions.njk',
    data: exceptionsView({
      exceptions: await listExceptions(deps.store.db),
      pairs: await readExcepted(deps.lake, run?.result?.lastDay ?? ''),
      matrix: deps.content.matrix,
      mask: reviewMask(deps.maskKey, deps.clock),
      today: dayOf(deps.clock.now()),
    }),
  }
}

/** The form of a new exception, perhaps with what has to be mended. */
export const showNewException = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { concern } = visit.query
  const typed = freshForm(dayOf(deps.clock.now()), typeof concern === 'string' ? concern.slice(0, 20) : '')
  return await drawForm(deps, typed, {})
}

const drawForm = async (deps: WebDeps, typed: TypedForm, faults: ExceptionFaults): Promise<Answer> => {
  const owners = (await listUsers(deps.store.db)).filter(user => can(user, 'decide-concern'))
  return {
    show: 'exceptions/new-exception.njk',
    data: {
      title: 'Make an exception',
      action: paths.exceptions,
      problems: exceptionProblems(faults),
      form: exceptionFormView(typed, faults, owners),
    },
    status: Object.keys(faults).length > 0 ? 400 : 200,
  }
}

/** Makes an exception, or shows the form again. */
export const makeOne = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const typed = readTyped(visit.form)
  const result = await makeException(deps, visit.user, typedException(typed), visit.from)
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'made') return { goTo: paths.exceptions }
  await appendEvent(deps, {
    who: visit.user.id,
    what: 'exceptions-read',
    subject: '',
    why: 'Shown again to mend a form',
    from: visit.from,
    outcome: 'allowed',
  })
  return await drawForm(deps, typed, result.faults)
}

/** Ends or withdraws an exception. */
export const endOne = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { how } = visit.form
  if (how !== 'end' && how !== 'withdraw') return 'missing'
  const { outcome } = await endException(deps, visit.user, visit.params['exception'] ?? '', {
    how,
    from: visit.from,
  })
  return outcome === 'missing' ? 'missing' : { goTo: paths.exceptions }
}
