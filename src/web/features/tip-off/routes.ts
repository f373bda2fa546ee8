import { getConcern } from '../../../concerns/get-concern.ts'
import { labelPerson, labelStaff, reviewMask } from '../../../concerns/labels.ts'
import { endNotice, readNotices } from '../../../concerns/notices.ts'
import { checkNow, enterAndWatch } from '../../../jobs/watch-notices.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { fillPath, paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { readEndForm, readNoticeForm, type TipOffAgain } from './notice-form.ts'
import { tipOffView } from './tip-off-view.ts'

const show = async (deps: WebDeps, visit: Visit, again: TipOffAgain = {}): Promise<Answer> => {
  const concern = await getConcern(deps, visit.user, visit.params['ref'] ?? '')
  if (concern === undefined) return 'missing'
  const mask = reviewMask(deps.maskKey, deps.clock)
  const { staffId, personId } = concern.pair
  const data = tipOffView({
    ...(await readNotices(deps, concern.ref)),
    concern,
    again,
    nameStaff: id =>
      id === staffId ? concern.staff : `Colleague ${labelStaff(mask, id).replace('Staff ', '')}`,
    namePerson: id => (id === personId ? concern.person : labelPerson(mask, id)),
  })
  return {
    show: 'tip-off/tip-off.njk',
    data,
    status: again.notice === undefined && again.end === undefined ? 200 : 400,
  }
}

/** The watch after a notice: read what was seen, enter a notice, look now, and end it. */
export const tipOffPages = definePages([
  {
    method: 'GET',
    path: paths.tipOff,
    permission: 'watch-tip-off',
    audit: 'tip-off-read',
    purpose: 'See what happened after a notice',
    handle: (deps, visit) => show(deps, visit),
  },
  {
    method: 'POST',
    path: paths.tipOff,
    permission: 'watch-tip-off',
    audit: { byUseCase: 'notice-entered' },
    purpose: 'Enter a notice to watch from',
    handle: async (deps, visit) => {
      const ref = visit.params['ref'] ?? ''
      const { input, typed } = readNoticeForm(visit.form)
      const result = await enterAndWatch(deps, visit.user, ref, { ...input, from: visit.from })
      if (result.outcome === 'missing') return 'missing'
      if (result.outcome === 'invalid')
        return await show(deps, visit, { notice: { typed, faults: result.faults } })
      return { goTo: fillPath(paths.tipOff, { ref }) }
    },
  },
  {
    method: 'POST',
    path: paths.checkTipOff,
    permission: 'watch-tip-off',
    audit: { byUseCase: 'tip-off-checked' },
    purpose: 'Look now for contact after a notice',
    handle: async (deps, visit) => {
      const ref = visit.params['ref'] ?? ''
      const fresh = await checkNow(deps, visit.user, ref, visit.from)
      return fresh === undefined ? 'missing' : { goTo: fillPath(paths.tipOff, { ref }) }
    },
  },
  {
    method: 'POST',
    path: paths.endTipOff,
    permission: 'watch-tip-off',
    audit: { byUseCase: 'notice-ended' },
    purpose: 'End the watch after a notice',
    handle: async (deps, visit) => {
      const ref = visit.params['ref'] ?? ''
      const typed = readEndForm(visit.form)
      const result = await endNotice(deps, visit.user, ref, { ...typed, from: visit.from })
      if (result.outcome === 'missing') return 'missing'
      if (result.outcome === 'invalid')
        return await show(deps, visit, { end: { ...typed, fault: result.fault } })
      return { goTo: fillPath(paths.tipOff, { ref }) }
    },
  },
])
