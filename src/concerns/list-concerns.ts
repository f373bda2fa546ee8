import { demand, type User } from '../access/user.ts'
import type { BandNow } from '../core/bands.ts'
import { dayOf } from '../core/clock.ts'
import type { ConcernRow, Status } from './concern.ts'
import { toConcernRow } from './concern-row.ts'
import { countByStatus, selectPage, selectSearchable, type ListFilter, type sorts } from './concern-store.ts'
import { labelPair, reviewMask } from './labels.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { returnWatched } from './return-watched.ts'
import { searchableOf } from './searchable.ts'
import { shownTo } from './unmask-store.ts'

/** What reading concerns needs: the store, the time, and the key that masks are made with. */
export type ReadDeps = ConcernDeps & { readonly maskKey: Uint8Array }

export type ListInput = {
  /** `to_review` unless told; `open` is everything but closed. */
  readonly status?: Status | 'open' | 'all' | undefined
  readonly band?: BandNow | undefined
  /** Words of the account, a reference, or a masked name. */
  readonly text?: string | undefined
  readonly sort?: (typeof sorts)[number] | undefined
  readonly order?: 'down' | 'up' | undefined
  /** From 1. */
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

export type ConcernList = {
  readonly concerns: readonly ConcernRow[]
  /** How many the filter lets through, on all pages. */
  readonly total: number
  readonly page: number
  readonly pages: number
  /** How many concerns there are of each status and band, whatever the filter. */
  readonly counts: readonly { readonly status: Status; readonly band: BandNow; readonly count: number }[]
  /** How many wait for a decision, and how many of them are overdue, whatever the filter. */
  readonly waiting: { readonly all: number; readonly late: number }
}

const groups = {
  open: ['noted', 'to_review', 'watching', 'developing'],
  all: ['noted', 'to_review', 'watching', 'developing', 'closed'],
} as const satisfies Record<string, readonly Status[]>

/**
 * A page of concerns, masked unless shown to the person who asks. Write the reading to the log before calling this.
 * @throws AppError REFUSED
 */
export const listConcerns = async (
  deps: ReadDeps,
  user: User,
  input: ListInput = {},
): Promise<ConcernList> => {
  demand(user, 'read-queue')
  await returnWatched(deps)
  const { db } = deps.store
  const now = deps.clock.now()
  const shown = await shownTo(db, user.id, now)
  const status = input.status ?? 'to_review'
  const statuses: readonly Status[] = status === 'open' || status === 'all' ? groups[status] : [status]
  const text = input.text?.trim() ?? ''
  const sort = input.sort ?? 'rank'
  const filter = {
    userId: user.id,
    statuses,
    bands: input.band === undefined ? undefined : [input.band],
    refs: undefined,
    sort,
    order: input.order ?? (sort === 'rank' ? 'down' : 'up'),
  }
  const counted = await countByStatus(db, user.id, dayOf(now))
  const found = text === '' ? undefined : await search(deps, filter, text, shown)
  const total =
    found?.length ??
    sumOf(counted, row => statuses.includes(row.status) && (input.band ?? row.band) === row.band).count
  const pageSize = Math.min(Math.max(input.pageSize ?? 25, 1), 200)
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(Math.trunc(input.page ?? 1), 1), pages)
  const from = (page - 1) * pageSize
  const rows = await selectPage(db, {
    ...filter,
    // What was found is in order already: its page is a few references.
    ...(found === undefined ? { offset: from } : { offset: 0, refs: found.slice(from, from + pageSize) }),
    limit: pageSize,
  })
  const mask = reviewMask(deps.maskKey, deps.clock)
  const concerns = rows.map(row =>
    toConcernRow(
      row,
      labelPair(mask, { staffId: row.staff_id, personId: row.person_id }, shown.has(row.ref)),
      now,
    ),
  )
  const { count: all, late } = sumOf(counted, row => row.status === 'to_review')
  const counts = counted.map(({ status, band, count }) => ({ status, band, count }))
  return { concerns, total, page, pages, counts, waiting: { all, late } }
}

type Counted = Awaited<ReturnType<typeof countByStatus>>[number]

const sumOf = (counted: readonly Counted[], wanted: (row: Counted) => boolean) => {
  const rows = counted.filter(wanted)
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    late: rows.reduce((sum, row) => sum + row.late, 0),
  }
}

/** Searches only what the person could read on the page, so that a search cannot tell who is behind a mask. Gives references, in order. */
const search = async (
  deps: ReadDeps,
  filter: Omit<ListFilter, 'limit' | 'offset'>,
  text: string,
  shown: ReadonlyMap<string, Date>,
): Promise<string[]> => {
  const words = text.toLowerCase().split(/\s+/)
  const readable = searchableOf(deps)
  const rows = await selectSearchable(deps.store.db, filter)
  return rows
    .filter(row => {
      const text = readable(row, shown.has(row.ref))
      return words.every(word => text.includes(word))
    })
    .map(row => row.ref)
}
