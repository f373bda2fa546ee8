import { z } from 'zod'
import {
  approveBreakGlass,
  askBreakGlass,
  listGlass,
  readBrokenGlass,
  reviewBreakGlass,
  type GlassOutcome,
} from '../../../concerns/break-glass.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { breakGlassView, openedView, type Again } from './break-glass-view.ts'

const text = z.string().trim().max(10_000).catch('')
const form = z.object({ concern: text, cause: text, reason: text, justified: text })

const show = async (deps: WebDeps, { user }: Visit, again?: Again): Promise<Answer> => ({
  show: 'break-glass/break-glass.njk',
  data: breakGlassView(await listGlass(deps, user), user, deps.clock.now(), again),
  status: again === undefined ? 200 : 400,
})

/** Does what a form asks, and shows the page again where something is missing. */
const act = async (
  deps: WebDeps,
  visit: Visit,
  work: (typed: Again['typed'], glass: string) => Promise<GlassOutcome>,
): Promise<Answer> => {
  const typed = form.parse(visit.form)
  const of = visit.params['glass'] ?? ''
  const result = await work(typed, of)
  if (result.outcome === 'missing') return 'missing'
  if (result.outcome === 'invalid')
    return await show(deps, visit, { of, typed, field: result.field, fault: result.fault })
  return { goTo: paths.breakGlass }
}

/** Break-glass: ask, approve, read what was opened, and review it. */
export const breakGlassPages = definePages([
  {
    method: 'GET',
    path: paths.breakGlass,
    permission: 'read-break-glass',
    audit: 'break-glass-listed',
    purpose: 'See the emergencies one has a part in',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.breakGlass,
    permission: 'ask-break-glass',
    audit: { byUseCase: 'break-glass-asked' },
    purpose: 'Ask that a concern be opened in an emergency',
    proof: 'fresh',
    handle: (deps, visit) =>
      act(deps, visit, typed => askBreakGlass(deps, visit.user, { ...typed, from: visit.from })),
  },
  {
    method: 'POST',
    path: paths.approveBreakGlass,
    permission: 'approve-break-glass',
    audit: { byUseCase: 'break-glass-approved' },
    purpose: 'Agree that a concern be opened in an emergency',
    proof: 'fresh',
    handle: (deps, visit) =>
      act(deps, visit, ({ reason }, glass) =>
        approveBreakGlass(deps, visit.user, glass, { reason, from: visit.from }),
      ),
  },
  {
    method: 'POST',
    path: paths.openBreakGlass,
    permission: 'ask-break-glass',
    audit: { byUseCase: 'break-glass-read' },
    purpose: 'Read what was opened in an emergency',
    proof: 'fresh',
    handle: async (deps, visit) => {
      const opened = await readBrokenGlass(deps, visit.user, visit.params['glass'] ?? '', visit.from)
      return opened === undefined ? 'missing' : { show: 'break-glass/opened.njk', data: openedView(opened) }
    },
  },
  {
    method: 'POST',
    path: paths.reviewBreakGlass,
    permission: 'review-break-glass',
    audit: { byUseCase: 'break-glass-reviewed' },
    purpose: 'Review what was opened in an emergency',
    handle: (deps, visit) =>
      act(deps, visit, ({ reason, justified }, glass) =>
        reviewBreakGlass(deps, visit.user, glass, { reason, justified, from: visit.from }),
      ),
  },
])
