import { answerDestruction, askDestruction } from '../../../retention/ask-destruction.ts'
import { listDestructions } from '../../../retention/destruction-store.ts'
import { listHolds } from '../../../retention/hold-store.ts'
import { endHold, placeHold } from '../../../retention/keep-hold.ts'
import { planDestruction } from '../../../retention/plan-destruction.ts'
import { readClassRules } from '../../../retention/rules.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { holdOf, readHoldForm, readReason, retentionView, type Again } from './retention-view.ts'

const show = async (deps: WebDeps, { user }: Visit, again: Again = {}): Promise<Answer> => ({
  show: 'retention/retention.njk',
  status: again.ask === undefined && again.hold === undefined ? 200 : 400,
  data: retentionView({
    user,
    again,
    rules: readClassRules(),
    plan: await planDestruction(deps),
    destructions: await listDestructions(deps.store.db),
    holds: await listHolds(deps.store.db, user.id),
  }),
})

const ask = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const reason = readReason(visit.form)
  const asked = await askDestruction(deps, visit.user, { reason, from: visit.from })
  if (asked === 'done') return { goTo: paths.retention }
  return await show(deps, visit, { ask: { reason, fault: asked.fault } })
}

const answer = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { answer: given } = visit.form
  if (given !== 'agree' && given !== 'withdraw') return 'missing'
  const id = visit.params['id'] ?? ''
  const outcome = await answerDestruction(deps, visit.user, { id, answer: given, from: visit.from })
  return outcome === 'missing' ? 'missing' : { goTo: paths.retention }
}

const hold = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const typed = readHoldForm(visit.form)
  const faults = await placeHold(deps, visit.user, holdOf(typed), visit.from)
  if (faults === 'placed') return { goTo: paths.retention }
  return await show(deps, visit, { hold: { typed, faults } })
}

const release = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const id = visit.params['id'] ?? ''
  const outcome = await endHold(deps, visit.user, { id, from: visit.from })
  return outcome === 'missing' ? 'missing' : { goTo: paths.retention }
}

/** Retention: what is due, two people who have it destroyed, and what is held. */
export const retentionPages = definePages([
  {
    method: 'GET',
    path: paths.retention,
    permission: 'manage-retention',
    audit: 'retention-read',
    purpose: 'See what is due to be destroyed and what is held',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.askDestruction,
    permission: 'manage-retention',
    audit: { byUseCase: 'destruction-asked' },
    purpose: 'Ask that what is due be destroyed',
    proof: 'fresh',
    handle: ask,
  },
  {
    method: 'POST',
    path: paths.answerDestruction,
    permission: 'manage-retention',
    audit: { byUseCase: 'destruction-agreed' },
    purpose: 'Agree that what is due be destroyed, or take it back',
    proof: 'fresh',
    handle: answer,
  },
  {
    method: 'POST',
    path: paths.placeHold,
    permission: 'manage-retention',
    audit: { byUseCase: 'hold-placed' },
    purpose: 'Place a hold',
    handle: hold,
  },
  {
    method: 'POST',
    path: paths.endHold,
    permission: 'manage-retention',
    audit: { byUseCase: 'hold-ended' },
    purpose: 'End a hold',
    proof: 'fresh',
    handle: release,
  },
])
