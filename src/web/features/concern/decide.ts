import { appendEvent } from '../../../audit/audit-log.ts'
import { recordDisposition } from '../../../concerns/record-disposition.ts'
import { undoDisposition } from '../../../concerns/undo-disposition.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { readDecisionForm } from './decision-form.ts'
import { showConcern, type Again } from './show-concern.ts'

/** Records a decision, or shows the concern again with what is missing. */
export const decide = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const ref = visit.params['ref'] ?? ''
  const { input, typed } = readDecisionForm(visit.form)
  const result = await recordDisposition(deps, visit.user, ref, { ...input, from: visit.from })
  switch (result.outcome) {
    case 'recorded':
      return { goTo: fillPath(paths.concern, { ref }) }
    case 'invalid':
      return await showAgain(deps, visit, { decision: { errors: result.faults, typed } })
    case 'changed':
      return await showAgain(deps, visit, {
        decision: { errors: {}, typed },
        notice: 'This concern changed while you had it open. Read what is new, then decide.',
      })
    case 'closed-already':
      return await showAgain(deps, visit, { notice: 'This concern was closed while you had it open.' })
    case 'missing':
      return 'missing'
  }
}

/** Takes back the last decision, or says why it stands. */
export const takeBack = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const ref = visit.params['ref'] ?? ''
  const { outcome } = await undoDisposition(deps, visit.user, ref, visit.from)
  if (outcome === 'undone') return { goTo: fillPath(paths.concern, { ref }) }
  if (outcome === 'missing') return 'missing'
  return await showAgain(deps, visit, { notice: standsWords[outcome] })
}

const standsWords = {
  'too-late': 'The decision stands: ten minutes have passed, or the concern has moved on.',
  'not-yours': 'The decision stands: only the person who recorded it can take it back.',
  'nothing-to-undo': 'There is no decision to take back.',
} as const

/** Showing the concern again is a reading of its own, and logged as one. */
export const showAgain = async (deps: WebDeps, visit: Visit, again: Again): Promise<Answer> => {
  await appendEvent(deps, {
    who: visit.user.id,
    what: 'concern-read',
    subject: visit.params['ref'] ?? '',
    why: 'Shown again to mend a form',
    from: visit.from,
    outcome: 'allowed',
  })
  return await showConcern(deps, visit, again)
}
