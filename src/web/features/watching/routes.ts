import { z } from 'zod'
import { dayOf } from '../../../core/clock.ts'
import { readOwnLookUps } from '../../../detection/own-look-ups.ts'
import { judgeSampled } from '../../../watching/dip-sample.ts'
import { readWatching } from '../../../watching/read-watching.ts'
import { selectUnitStaff } from '../../../watching/watching-store.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { watchingView, type JudgeAgain } from './watching-view.ts'

const asked = z.object({ month: z.string().max(7).catch('') })
const form = z.object({
  outcome: z.string().max(40).catch(''),
  note: z.string().trim().max(10_000).catch(''),
})

const show = async (deps: WebDeps, visit: Visit, again?: JudgeAgain): Promise<Answer> => {
  const watching = await readWatching(deps, asked.parse(visit.query).month)
  const unit = await selectUnitStaff(deps.store.db)
  const data = watchingView({
    watching,
    lookUps: await readOwnLookUps(deps.lake, unit, dayOf(watching.since)),
    staffNames: new Map(unit.map(each => [each.staffId, watching.names.get(each.userId) ?? ''])),
    reader: visit.user.id,
    again,
  })
  return { show: 'watching/watching.njk', data, status: again === undefined ? 200 : 400 }
}

/** Watching the unit: what the auditor asks about, and the monthly sample. */
export const watchingPages = definePages([
  {
    method: 'GET',
    path: paths.watching,
    permission: 'watch-unit',
    audit: 'unit-watched',
    purpose: 'See how the unit reads',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.judgeSampled,
    permission: 'watch-unit',
    audit: { byUseCase: 'dip-sample-judged' },
    purpose: 'Record what came of an entry of the sample',
    handle: async (deps, visit) => {
      const seq = Number(visit.params['seq'])
      if (!Number.isSafeInteger(seq)) return 'missing'
      const typed = form.parse(visit.form)
      const result = await judgeSampled(deps, visit.user, seq, { ...typed, from: visit.from })
      if (result.outcome === 'missing') return 'missing'
      if (result.outcome === 'invalid')
        return await show(deps, visit, { seq, ...typed, field: result.field, fault: result.fault })
      return { goTo: `${paths.watching}#entry-${seq}` }
    },
  },
])
