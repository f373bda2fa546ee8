import { z } from 'zod'
import { listUsers } from '../../../access/accounts-store.ts'
import { can } from '../../../access/user.ts'
import {
  agreeEnd,
  askEnd,
  exclude,
  readKeptFrom,
  type ExclusionOutcome,
} from '../../../concerns/exclusions.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { keptFromView, type KeptFromAgain } from './kept-from-view.ts'

const permission = 'manage-conflicts'
const typed = z.object({
  person: z.string().max(100).catch(''),
  reason: z.string().trim().max(5_000).catch(''),
})

const refOf = ({ params }: Visit): string => params['ref'] ?? ''

const show = async (deps: WebDeps, visit: Visit, again: KeptFromAgain = {}): Promise<Answer> => {
  const kept = await readKeptFrom(deps, visit.user, refOf(visit))
  if (kept === undefined) return 'missing'
  const readers = (await listUsers(deps.store.db)).filter(
    reader => reader.id !== visit.user.id && can(reader, 'read-concern'),
  )
  const ref = refOf(visit).toUpperCase()
  const status =
    again.notice !== undefined ? 409 : again.exclude !== undefined || again.end !== undefined ? 400 : 200
  return {
    show: 'kept-from/kept-from.njk',
    data: keptFromView({ ref, user: visit.user, kept, readers, again }),
    status,
  }
}

/** Back to the page when it was done; with what has to be mended when not. */
const answerTo = async (
  deps: WebDeps,
  visit: Visit,
  result: ExclusionOutcome,
  again: (fault: string) => KeptFromAgain,
): Promise<Answer> => {
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid') return await show(deps, visit, again(result.fault))
  if (result.outcome === 'refused')
    return await show(deps, visit, {
      notice: 'That was not done: it changed meanwhile, or it is not yours to do.',
    })
  return { goTo: fillPath(paths.keptFrom, { ref: refOf(visit) }) }
}

/** From whom a concern is kept: read it, keep another from it by hand, and end what is no longer so, two together. */
export const keptFromPages = definePages([
  {
    method: 'GET',
    path: paths.keptFrom,
    permission,
    audit: 'exclusions-read',
    purpose: 'See from whom a concern is kept',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.keptFrom,
    permission,
    audit: { byUseCase: 'excluded-by-hand' },
    purpose: 'Keep somebody from a concern',
    handle: async (deps, visit) => {
      const { person, reason } = typed.parse(visit.form)
      if (person === '')
        return await show(deps, visit, {
          exclude: { person, reason, fault: reason === '' ? 'Enter the reason' : '' },
        })
      const given = { userId: person, reason, from: visit.from }
      const result = await exclude(deps, visit.user, refOf(visit), given)
      return await answerTo(deps, visit, result, fault => ({ exclude: { person, reason, fault } }))
    },
  },
  {
    method: 'POST',
    path: paths.askExclusionEnd,
    permission,
    audit: { byUseCase: 'exclusion-end-asked' },
    purpose: 'Ask that somebody is no longer kept from a concern',
    handle: async (deps, visit) => {
      const id = visit.params['exclusion'] ?? ''
      const { reason } = typed.parse(visit.form)
      const result = await askEnd(deps, visit.user, refOf(visit), { id, reason, from: visit.from })
      return await answerTo(deps, visit, result, fault => ({ end: { id, reason, fault } }))
    },
  },
  {
    method: 'POST',
    path: paths.agreeExclusionEnd,
    permission,
    audit: { byUseCase: 'exclusion-ended' },
    purpose: 'Agree that somebody is no longer kept from a concern',
    proof: 'fresh',
    handle: async (deps, visit) => {
      const id = visit.params['exclusion'] ?? ''
      const result = await agreeEnd(deps, visit.user, refOf(visit), { id, from: visit.from })
      return await answerTo(deps, visit, result, fault => ({ notice: fault }))
    },
  },
])
