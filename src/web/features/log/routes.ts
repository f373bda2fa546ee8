import { appendEvent } from '../../../audit/audit-log.ts'
import { searchLog } from '../../../audit/search-log-store.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { filterOf, readLogQuery, searchOf } from './log-query.ts'
import { entriesPerPage, logView } from './log-view.ts'

/** The log, for whoever checks what others read and decided. What they look for in it is written to it first. */
export const logPages = definePages([
  {
    method: 'GET',
    path: paths.log,
    permission: 'read-audit',
    audit: { byUseCase: 'log-read' },
    purpose: 'Read the log',
    handle: async (deps, visit) => {
      const query = readLogQuery(visit.query)
      const search = searchOf(query).toString()
      await appendEvent(deps, {
        who: visit.user.id,
        what: 'log-read',
        subject: '',
        why: search === '' ? 'Read the log' : `Looked for ${search}`,
        from: visit.from,
        outcome: 'allowed',
      })
      const page = { limit: entriesPerPage, offset: (query.page - 1) * entriesPerPage }
      const found = await searchLog(deps.store.db, visit.user.id, filterOf(query), page)
      return { show: 'log/log.njk', data: logView({ query, ...found }) }
    },
  },
])
