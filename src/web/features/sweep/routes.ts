import { selectKeptAway } from '../../../access/exclusion-store.ts'
import { getConcern } from '../../../concerns/get-concern.ts'
import { labelPerson, reviewMask } from '../../../concerns/labels.ts'
import { readSweeps } from '../../../concerns/sweeps.ts'
import { inForce } from '../../../concerns/use-authorisation.ts'
import { runSweep } from '../../../jobs/run-sweep.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { readSweepForm } from './sweep-form.ts'
import { sweepView } from './sweep-view.ts'

const show = async (deps: WebDeps, visit: Visit, fault?: string): Promise<Answer> => {
  const concern = await getConcern(deps, visit.user, visit.params['ref'] ?? '')
  if (concern === undefined) return 'missing'
  const { sweeps, standing } = await readSweeps(deps, visit.user, {
    ref: concern.ref,
    staffId: concern.pair.staffId,
  })
  const asked = visit.query['sweep']
  const chosen = sweeps.find(each => each.id === asked) ?? sweeps[0]
  const mask = reviewMask(deps.maskKey, deps.clock)
  const data = sweepView({
    concern,
    sweeps,
    chosen,
    standing,
    held: await inForce(deps, visit.user, concern.ref, 'sweep'),
    fault,
    indicators: deps.content.indicators,
    without: new Set((await selectKeptAway(deps.store.db, visit.user.id)).personIds),
    namePerson: personId => labelPerson(mask, personId),
  })
  return { show: 'sweep/sweep.njk', data, status: fault === undefined ? 200 : 400 }
}

/** Sweeps of a concern: read what they found, and run one on a recorded footing. */
export const sweepPages = definePages([
  {
    method: 'GET',
    path: paths.sweeps,
    permission: 'run-sweep',
    audit: 'sweeps-read',
    purpose: 'Look for other victims',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.sweeps,
    permission: 'run-sweep',
    audit: { byUseCase: 'sweep-run' },
    purpose: 'Run the method of a concern over everyone they met',
    handle: async (deps, visit) => {
      const ref = visit.params['ref'] ?? ''
      const authorisation = readSweepForm(visit.form)
      const result = await runSweep(deps, visit.user, ref, { authorisation, from: visit.from })
      if (result.outcome === 'missing') return 'missing'
      if (result.outcome === 'invalid') return await show(deps, visit, result.fault)
      return { goTo: `${fillPath(paths.sweeps, { ref })}?sweep=${result.id}` }
    },
  },
])
