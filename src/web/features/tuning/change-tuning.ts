import { appendEvent } from '../../../audit/audit-log.ts'
import { askToPublish, publishDraft, returnDraft } from '../../../tuning/publish-draft.ts'
import { rollBack } from '../../../tuning/roll-back.ts'
import { discardDraft, saveDraft } from '../../../tuning/save-draft.ts'
import type { Answer, Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { showTuning } from './show-tuning.ts'
import { readTuningForm, readVersioned } from './tuning-form.ts'
import type { TuningAgain } from './tuning-view.ts'

const idOf = (visit: Visit): string => visit.params['id'] ?? ''
const back = (visit: Visit): Answer => ({ goTo: fillPath(paths.tuning, { id: idOf(visit) }) })
const indicatorOf = (deps: WebDeps, visit: Visit) =>
  deps.content.indicators.find(each => each.id === idOf(visit))

/** Showing the page again is a reading of its own, and logged as one. */
const again = async (deps: WebDeps, visit: Visit, shown: TuningAgain): Promise<Answer> => {
  await appendEvent(deps, {
    who: visit.user.id,
    what: 'tuning-read',
    subject: idOf(visit),
    why: 'Shown again to mend a form',
    from: visit.from,
    outcome: 'allowed',
  })
  return await showTuning(deps, visit.user, idOf(visit), shown)
}

const changed = 'The draft changed while you had it open. Read what is new, then decide.'

/** Keeps a draft and previews it. */
export const keepDraft = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const indicator = indicatorOf(deps, visit)
  if (indicator === undefined || indicator.status === 'retired') return 'missing'
  const typed = readTuningForm(indicator, visit.form)
  const result = await saveDraft(deps, visit.user, indicator, { typed, from: visit.from })
  if (result.outcome === 'missing') return 'missing'
  return result.outcome === 'saved' ? back(visit) : await again(deps, visit, { typed, faults: result.faults })
}

/** Throws a draft away. */
export const dropDraft = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { outcome } = await discardDraft(deps, visit.user, idOf(visit), visit.from)
  return outcome === 'missing' ? 'missing' : back(visit)
}

/** Asks for a draft to be published. */
export const askPublishing = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const given = { ...readVersioned(visit.form), from: visit.from }
  const result = await askToPublish(deps, visit.user, idOf(visit), given)
  switch (result.outcome) {
    case 'asked':
      return back(visit)
    case 'missing':
      return 'missing'
    case 'invalid':
      return await again(deps, visit, { ask: { fault: result.fault, reason: given.reason } })
    case 'changed':
      return await again(deps, visit, { notice: changed })
    case 'no-preview':
      return await again(deps, visit, {
        notice:
          'Detection has not run yet, so nobody can see what the draft would do. Preview it after the first run.',
      })
  }
}

/** Sends a draft back to the person who made it. */
export const sendBack = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const given = { ...readVersioned(visit.form), from: visit.from }
  const { outcome } = await returnDraft(deps, visit.user, idOf(visit), given)
  if (outcome === 'changed') return await again(deps, visit, { notice: changed })
  return outcome === 'missing' ? 'missing' : back(visit)
}

const refusals = {
  changed,
  'own-draft': 'Another person has to agree: nobody publishes their own draft.',
  'content-changed':
    'Upstander came with a new version of this indicator. Preview the draft again before publishing it.',
} as const

/** Agrees to another person's draft, which publishes it. */
export const agree = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const indicator = indicatorOf(deps, visit)
  if (indicator === undefined) return 'missing'
  const given = { ...readVersioned(visit.form), from: visit.from }
  const { outcome } = await publishDraft(deps, visit.user, indicator, given)
  if (outcome === 'missing') return 'missing'
  return outcome === 'published' ? back(visit) : await again(deps, visit, { notice: refusals[outcome] })
}

/** Makes an earlier edition the one that runs. */
export const goBack = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const indicator = indicatorOf(deps, visit)
  const typed = visit.form['to']
  if (indicator === undefined || typeof typed !== 'string' || !/^\d{1,6}$/.test(typed)) return 'missing'
  const { outcome } = await rollBack(deps, visit.user, indicator, { to: Number(typed), from: visit.from })
  return outcome === 'missing' ? 'missing' : back(visit)
}
