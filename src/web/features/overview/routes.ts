import { can } from '../../../access/user.ts'
import { countNew } from '../../../concerns/count-waiting.ts'
import { listRefusedFiles } from '../../../intake/batches.ts'
import { readIntakes } from '../../../intake/intakes.ts'
import { countRejects } from '../../../intake/rejects.ts'
import { listNights } from '../../../jobs/night-store.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { readStands } from '../../read-stands.ts'
import { overviewView } from './overview-view.ts'
import { readAlarms } from './read-alarms.ts'

/** Nights that are looked through for those without detection. */
const nightsShown = 14

/** The overview: the first page after signing in. It names nobody. */
export const overviewPages = definePages([
  {
    method: 'GET',
    path: paths.overview,
    permission: 'read-overview',
    audit: 'overview-read',
    purpose: 'See how things stand',
    handle: async (deps, { user }) => {
      const stands = await readStands(deps, user)
      const may = {
        queue: can(user, 'read-queue'),
        rejects: can(user, 'read-rejects'),
        tune: can(user, 'tune-indicators'),
      }
      const since = stands.lastRun?.startedAt
      const fresh = may.queue && since !== undefined ? await countNew(deps, user, new Date(since)) : 0
      const intakes = await readIntakes(deps.lake)
      const rejects = may.rejects ? await countRejects(deps.lake) : []
      const refused = may.rejects ? (await listRefusedFiles(deps.lake)).length : 0
      const rejected = rejects.reduce((sum, group) => sum + group.rows, 0)
      const lastDay = stands.runs.find(run => run.result !== undefined)?.result?.lastDay ?? ''
      const nights = await listNights(deps.store.db, nightsShown)
      const alarms = await readAlarms(deps, user, lastDay)
      return {
        show: 'overview/overview.njk',
        data: overviewView({
          ...stands,
          fresh,
          intakes,
          rejected,
          refused,
          may,
          alarms,
          nights,
          nightlyAt: deps.settings.nightlyAt,
        }),
      }
    },
  },
])
