import { bands } from '../../../core/bands.ts'
import { statuses, type ConcernRow, type Status } from '../../../concerns/concern.ts'
import { countWords, plainDays } from '../../../ui/words.ts'
import { pagesView } from '../../pages-view.ts'
import { fillPath, paths } from '../../paths.ts'
import { standingLineView, type Stands } from '../../standing-line.ts'
import { queueHref, type QueueQuery, type QueueSort } from './queue-query.ts'
import { capital } from '../../../core/capital.ts'

export const concernsPerPage = 25

type Shown = Stands & {
  readonly query: QueueQuery
  readonly rows: readonly (ConcernRow & { readonly coverage: string })[]
  readonly total: number
}

/** The review queue: how things stand first, then the concerns, strongest first unless asked otherwise. */
export const queueView = (shown: Shown) => {
  const { query, rows, total } = shown
  const on = query.status !== 'to_review' || query.band !== undefined || query.text !== ''
  return {
    title: 'Review queue',
    line: standingLineView(shown),
    filter: {
      on,
      text: query.text,
      sort: query.sort === 'rank' ? '' : query.sort,
      statuses: [...(Object.keys(statuses) as Status[]), 'all' as const].map(status => ({
        value: status,
        text: status === 'all' ? 'Every concern' : statuses[status],
        selected: status === query.status,
      })),
      bands: [
        { value: '', text: 'All bands', selected: query.band === undefined },
        ...bands.toReversed().map(band => ({
          value: band,
          text: capital(band),
          selected: band === query.band,
        })),
      ],
    },
    caption: `${countWords(total, 'concern')}, ${sortWords[query.sort]}`,
    columns: [
      { name: 'Who' },
      sortable('Band', 'rank', query, 'descending'),
      { name: 'What the records show' },
      { name: 'Why it ranks' },
      sortable('Since', 'since', query, 'ascending'),
      sortable('Decide by', 'due', query, 'ascending'),
      { name: 'Coverage' },
    ],
    rows: rows.map(row => ({
      href: fillPath(paths.concern, { ref: row.ref }),
      ref: row.ref,
      staff: row.staff,
      person: row.person === '' ? 'about them alone' : row.person,
      band: row.band,
      account: plainDays(row.account),
      parts: row.parts
        .filter(part => Math.abs(part.points) >= 0.05)
        .map(part => ({ name: part.familyName, points: part.points })),
      since: row.waitingSince ?? row.openedAt,
      fresh: isNew(row, shown.lastRun),
      due: row.dueOn,
      late: row.late,
      status: row.status === query.status ? '' : statuses[row.status],
      coverage: row.coverage,
    })),
    pages: pagesView({
      total,
      page: query.page,
      perPage: concernsPerPage,
      href: page => queueHref(paths.queue, query, { page }),
    }),
  }
}

/** Whether a concern came to wait with the last detection. */
const isNew = ({ status, waitingSince, openedAt }: ConcernRow, lastRun: Stands['lastRun']): boolean =>
  status === 'to_review' &&
  lastRun !== undefined &&
  (waitingSince ?? openedAt).getTime() >= Date.parse(lastRun.startedAt)

const sortWords: Readonly<Record<QueueSort, string>> = {
  rank: 'strongest first',
  since: 'longest waiting first',
  due: 'soonest due first',
}

const sortable = (name: string, sort: QueueSort, query: QueueQuery, way: 'ascending' | 'descending') => ({
  name,
  href: queueHref(paths.queue, query, { sort }),
  sorted: query.sort === sort ? way : '',
})
