import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveExclusions, insertStaffLinks, type StaffLink } from '../access/staff-link-store.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { addDays, dayOf, type Clock } from '../core/clock.ts'
import { projectRoot } from '../core/project-root.ts'
import type { Lake } from '../lake/lake.ts'

type ConflictDeps = { readonly lake: Lake; readonly store: Pick<CaseworkStore, 'db'>; readonly clock: Clock }

/** Days for which having been posted or crewed together counts. Five years, as for co-posting in vetting practice. Judgement. */
const colleagueDays = 5 * 365

const linksSql = (): string => readFileSync(join(projectRoot, 'content', 'conflict', 'links.sql'), 'utf8')

/**
 * Writes down who is close to whom, as the records say today, and keeps everybody who signs in from what is about those close to
 * them. Part of every detection, before it raises anything.
 * @returns how many links and exclusions are new
 */
export const keepConflicts = async (
  { lake, store, clock }: ConflictDeps,
  days: number = colleagueDays,
): Promise<{ readonly links: number; readonly exclusions: number }> => {
  const at = clock.now()
  const links = await lake.rows<StaffLink>(
    `select staff_id as staffId, other_staff_id as otherStaffId, person_id as personId, kind, source from (${linksSql()})`,
    { since: addDays(dayOf(at), -days) },
  )
  return await store.db.transaction().execute(async trx => ({
    links: await insertStaffLinks(trx, links, at),
    exclusions: await deriveExclusions(trx, at),
  }))
}
