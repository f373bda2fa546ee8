import { z } from 'zod'
import { selectKeptAway } from '../../../access/exclusion-store.ts'
import { getConcern } from '../../../concerns/get-concern.ts'
import { reviewMask } from '../../../concerns/labels.ts'
import { inForce, useAuthorisation } from '../../../concerns/use-authorisation.ts'
import { auditStaff } from '../../../detection/system-audit.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { accessesPerPage, systemAuditView } from './system-audit-view.ts'

const query = z.object({
  under: z.string().max(20).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})

const show = async (deps: WebDeps, visit: Visit): Promise<Answer> => {
  const { user, from } = visit
  const concern = await getConcern(deps, user, visit.params['ref'] ?? '')
  if (concern === undefined) return 'missing'
  const asked = query.parse(visit.query)
  const held = await inForce(deps, user, concern.ref, 'system_audit')
  const chosen = held.find(each => each.ref === asked.under) ?? held[0]
  const shown = { concern, held, page: asked.page, mask: reviewMask(deps.maskKey, deps.clock) }
  if (chosen === undefined) return { show: 'system-audit/system-audit.njk', data: systemAuditView(shown) }
  const need = { kind: 'system_audit', concernRef: concern.ref, ref: chosen.ref } as const
  const used = await useAuthorisation(deps, user, need, from)
  if (used.outcome === 'not-covered') return 'missing'
  const { fromOn, toOn } = used.authorisation
  const without = await selectKeptAway(deps.store.db, user.id)
  const about = { staffId: concern.pair.staffId, fromOn, toOn, without }
  const audit = await auditStaff(deps.lake, about, {
    limit: accessesPerPage,
    offset: (asked.page - 1) * accessesPerPage,
  })
  const data = systemAuditView({ ...shown, under: used.authorisation, audit })
  return { show: 'system-audit/system-audit.njk', data }
}

/** A system audit of one person: every look-up of the member of staff of a concern, under an authorisation. */
export const systemAuditPages = definePages([
  {
    method: 'GET',
    path: paths.systemAudit,
    permission: 'audit-person',
    audit: 'system-audit-read',
    purpose: 'Read every look-up of one member of staff',
    handle: show,
  },
])
