import { demand, type User } from '../access/user.ts'
import type { BandNow } from '../core/bands.ts'
import type { ConcernRow, Status } from './concern.ts'
import { toConcernRow } from './concern-row.ts'
import { countByStatus, countPage, selectPage, selectSearchable, type sorts } from './concern-store.ts'
import { labelPair, reviewMask } from './labels.ts'
import type { ConcernDeps } from './raise-concerns.ts'
import { returnWatched } from './return-watched.ts'
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
  const statuses = status === 'open' || status === 'all' ? groups[status] : [status]
  const text = input.text?.trim() ?? ''
  const refs = text === '' ? undefined : await search(deps, user.id, statuses, text, shown)
  const filter = {
    userId: user.id,
    statuses,
    bands: input.band === undefined ? undefined : [input.band],
    refs,
  }
  const total = await countPage(db, filter)
  const pageSize = Math.min(Math.max(input.pageSize ?? 25, 1), 200)
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(Math.trunc(input.page ?? 1), 1), pages)
  const sort = input.sort ?? 'rank'
  const order = input.order ?? (sort === 'rank' ? 'down' : 'up')
  const rows = await selectPage(db, {
    ...filter,
    sort,
    order,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  })
  const mask = reviewMask(deps.maskKey, deps.clock)
  const concerns = rows.map(row =>
    toConcernRow(
      row,
      labelPair(mask, { staffId: row.staff_id, personId: row.person_id }, shown.has(row.ref)),
      now,
    ),
  )
  return { concerns, total, page, pages, counts: await countByStatus(db, user.id) }
}

/** Searches only what the person could read on the page, so that a search cannot tell who is behind a mask. */
const search = async (
  deps: ReadDeps,
  userId: string,
  statuses: readonly Status[],
  text: string,
  shown: ReadonlyMap<string, Date>,
): Promise<string[]> => {
  const words = text.toLowerCase().split(/\s+/)
  const mask = reviewMask(deps.maskKey, deps.clock)
  const rows = await selectSearchable(deps.store.db, userId, statuses)
  return rows
    .filter(row => {
      const labels = labelPair(mask, { staffId: row.staff_id, personId: row.person_id }, shown.has(row.ref))
      const readable = [
        row.ref,
        row.ref.replace('-', ''),
        labels.staff,
        labels.person,
        labels.clean(row.account),
      ]
      const lower = readable.join(' ').toLowerCase()
      return words.every(word => lower.includes(word))
    })
    .map(row => row.ref)
}
