import { listConcerns } from '../../../concerns/list-concerns.ts'
import { countHeldFeeds } from '../../../intake/held-feeds.ts'
import { noteOwnSearch } from '../../../watching/note-own-search.ts'
import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { readStands } from '../../read-stands.ts'
import { scoredFeeds } from '../../scored-feeds.ts'
import { readQueueQuery } from './queue-query.ts'
import { concernsPerPage, queueView } from './queue-view.ts'

/** The review queue, with masked identities. */
export const queuePages = definePages([
  {
    method: 'GET',
    path: paths.queue,
    permission: 'read-queue',
    audit: 'queue-read',
    purpose: 'Choose what to review',
    handle: async (deps, { user, query: asked, from }) => {
      const query = readQueueQuery(asked)
      await noteOwnSearch(deps, user, query.text, from)
      const list = await listConcerns(deps, user, { ...query, pageSize: concernsPerPage })
      const stands = await readStands(deps, user, list.waiting)
      const feeds = scoredFeeds.map(each => each.feed)
      const held = await countHeldFeeds(
        deps.lake,
        list.concerns.map(each => each.pair.staffId),
        feeds,
      )
      const rows = list.concerns.map(concern => ({
        ...concern,
        coverage: `${held.get(concern.pair.staffId) ?? 0} of ${feeds.length} feeds`,
      }))
      const data = queueView({ ...stands, query: { ...query, page: list.page }, rows, total: list.total })
      return { show: 'queue/queue.njk', data }
    },
  },
])
