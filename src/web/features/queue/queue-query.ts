import { z } from 'zod'
import { bands } from '../../../core/bands.ts'
import { statuses, type Status } from '../../../concerns/concern.ts'

/** What the queue can be sorted by: rank is band, then points. */
export type QueueSort = 'rank' | 'since' | 'due'

const statusNames = Object.keys(statuses) as [Status, ...Status[]]

const shape = z.object({
  /** `all` shows closed ones too. */
  status: z.enum([...statusNames, 'all']).catch('to_review'),
  band: z.enum(bands).optional().catch(undefined),
  sort: z.enum(['rank', 'since', 'due']).catch('rank'),
  text: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

/** What the address of the queue asks for. Anything unknown in it is left aside: a mistyped address still shows the queue. */
export type QueueQuery = z.output<typeof shape>

export const readQueueQuery = (query: Readonly<Record<string, unknown>>): QueueQuery => shape.parse(query)

/** The address of the queue with some of it changed; page one unless a page is given. */
export const queueHref = (base: string, query: QueueQuery, change: Partial<QueueQuery>): string => {
  const next = { ...query, page: 1, ...change }
  const search = new URLSearchParams()
  if (next.status !== 'to_review') search.set('status', next.status)
  if (next.band !== undefined) search.set('band', next.band)
  if (next.text !== '') search.set('text', next.text)
  if (next.sort !== 'rank') search.set('sort', next.sort)
  if (next.page > 1) search.set('page', String(next.page))
  const text = search.toString()
  return text === '' ? base : `${base}?${text}`
}
