import { z } from 'zod'
import { listBatches, listRefusedFiles } from '../../../intake/batches.ts'
import { readFeeds } from '../../../intake/feeds.ts'
import { countRejects, listRejects } from '../../../intake/rejects.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { mostExported, rejectsCsv, rejectsPerPage, rejectsView } from './rejects-view.ts'

const feeds = readFeeds().feeds.map(feed => feed.name)

const query = z.object({
  feed: z
    .string()
    .refine(name => feeds.includes(name))
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})

/** Rejected records: read them, and take them away as CSV. */
export const rejectPages = definePages([
  {
    method: 'GET',
    path: paths.rejects,
    permission: 'read-rejects',
    audit: 'rejects-read',
    purpose: 'See which records broke the contract',
    handle: async ({ lake }, visit) => {
      const { feed, page } = query.parse(visit.query)
      const [groups, rows, refused, batches] = await Promise.all([
        countRejects(lake, { feed }),
        listRejects(lake, { feed, limit: rejectsPerPage, offset: (page - 1) * rejectsPerPage }),
        listRefusedFiles(lake),
        listBatches(lake),
      ])
      const data = rejectsView({ groups, rows, feed, feeds, page, refused, batches })
      return { show: 'rejects/rejects.njk', data }
    },
  },
  {
    method: 'GET',
    path: paths.rejectsCsv,
    permission: 'read-rejects',
    audit: 'rejects-exported',
    purpose: 'Take rejected records away to mend them',
    proof: 'fresh',
    handle: async ({ lake }, visit) => {
      const { feed } = query.parse(visit.query)
      const rows = await listRejects(lake, { feed, limit: mostExported })
      return { send: rejectsCsv(rows), type: 'text/csv; charset=utf-8', fileName: 'rejected-records.csv' }
    },
  },
])
