import { z } from 'zod'
import { actOnAuthorisation } from '../../../concerns/answer-authorisation.ts'
import { askAuthorisation } from '../../../concerns/ask-authorisation.ts'
import { selectAuthorisations } from '../../../concerns/authorisation-store.ts'
import { getConcern } from '../../../concerns/get-concern.ts'
import { reviewMask } from '../../../concerns/labels.ts'
import { dayOf } from '../../../core/clock.ts'
import { readRuns } from '../../../detection/runs.ts'
import { unknownIds } from '../../../detection/tip-offs.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { readAnswer, readAuthorisationForm } from './authorisation-form.ts'
import { concernAuthorisationsView, registerView, type Again } from './authorisations-view.ts'

const seenBy = (deps: WebDeps, { user }: Visit) => ({
  user,
  mask: reviewMask(deps.maskKey, deps.clock),
  now: deps.clock.now(),
})

const wantedShape = z.object({ kind: z.string().catch(''), day: z.iso.date().catch('') })

const showOf = async (deps: WebDeps, visit: Visit, typed: string, again: Again = {}): Promise<Answer> => {
  const concern = await getConcern(deps, visit.user, typed)
  if (concern === undefined) return 'missing'
  const [lastRun] = await readRuns(deps.lake, 1)
  const today = dayOf(deps.clock.now())
  const detected = lastRun?.result?.lastDay ?? ''
  const data = concernAuthorisationsView({
    ...seenBy(deps, visit),
    ref: concern.ref,
    authorisations: await selectAuthorisations(deps.store.db, visit.user.id, { concernRef: concern.ref }),
    wanted: wantedShape.parse({ kind: visit.query['for'], day: visit.query['day'] }),
    lastDay: detected === '' || detected > today ? today : detected,
    again,
  })
  const status = again.ask === undefined && again.act === undefined ? 200 : 400
  return { show: 'authorisations/authorisations.njk', data, status }
}

const ask = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const ref = visit.params['ref'] ?? ''
  const { typed, input } = readAuthorisationForm(visit.form)
  const unknown = await unknownIds(deps.lake, { staff: input.colleagues, people: [] })
  const given = { ...input, from: visit.from }
  const result = await askAuthorisation(deps, visit.user, ref, given, unknown.staff)
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid')
    return await showOf(deps, visit, ref, { ask: { typed, faults: result.faults } })
  return { goTo: `${fillPath(paths.concernAuthorisations, { ref })}#${result.ref}` }
}

const answer = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const ref = visit.params['authorisation'] ?? ''
  const typed = readAnswer(visit.form)
  if (typed === undefined) return 'missing'
  const result = await actOnAuthorisation(deps, visit.user, ref, { ...typed, from: visit.from })
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid')
    return await showOf(deps, visit, result.concernRef, { act: { ref, ...typed, fault: result.fault } })
  return { goTo: `${fillPath(paths.concernAuthorisations, { ref: result.concernRef })}#${ref}` }
}

/** Authorisations to look deeper: the register, those of a concern, asking for one, and answering. */
export const authorisationPages = definePages([
  {
    method: 'GET',
    path: paths.authorisations,
    permission: 'read-authorisations',
    audit: 'authorisations-read',
    purpose: 'Read the register of authorisations',
    handle: async (deps, visit) => ({
      show: 'authorisations/register.njk',
      data: registerView({
        ...seenBy(deps, visit),
        authorisations: await selectAuthorisations(deps.store.db, visit.user.id, {}),
      }),
    }),
  },
  {
    method: 'GET',
    path: paths.concernAuthorisations,
    permission: 'ask-authorisation',
    audit: 'authorisations-read',
    purpose: 'Read the authorisations of a concern',
    handle: (deps, visit) => showOf(deps, visit, visit.params['ref'] ?? ''),
  },
  {
    method: 'POST',
    path: paths.concernAuthorisations,
    permission: 'ask-authorisation',
    audit: { byUseCase: 'authorisation-asked' },
    purpose: 'Ask for an authorisation',
    handle: ask,
  },
  {
    method: 'POST',
    path: paths.answerAuthorisation,
    permission: 'ask-authorisation',
    audit: { byUseCase: 'authorisation-granted' },
    purpose: 'Answer, review or end an authorisation',
    proof: 'fresh',
    handle: answer,
  },
])
