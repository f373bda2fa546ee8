import { sql } from 'kysely'
import { decide } from '../access/decide.ts'
import { notKeptFrom } from '../access/exclusion-store.ts'
import { permissions, type Permission } from '../access/permissions.ts'
import type { User } from '../access/user.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { BandNow } from '../core/bands.ts'
import type { Status } from './concern.ts'

/** A concern as the store holds it. */
export type StoredConcern = Awaited<ReturnType<typeof findConcern>> & object

/** The concern with this reference; `lock` keeps others from changing it until the transaction ends. */
export const findConcern = async (db: CaseworkDb, ref: string, lock = false) =>
  db
    .selectFrom('concerns')
    .selectAll()
    .where('ref', '=', ref)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()

/**
 * The same for a person who asks to do something with it: one that they may not is not there. One query, whether it is missing or
 * kept from them, so that the time it takes tells nothing.
 */
export const findConcernFor = async (
  db: CaseworkDb,
  user: User,
  permission: Permission,
  ref: string,
  lock = false,
): Promise<StoredConcern | undefined> => {
  const row = await db
    .selectFrom('concerns')
    .selectAll()
    .select(notKeptFrom(user.id, 'concerns').as('open'))
    .where('ref', '=', ref)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  const item = { exists: row !== undefined, needToKnow: 'unit', conflict: row?.open !== true } as const
  const decision = decide({ user, permission, item, purpose: permissions[permission].means })
  return decision.allowed ? row : undefined
}

/** Orders a list can have. `rank` is band, then points. */
export const sorts = ['rank', 'since', 'due'] as const

export type ListFilter = {
  /** The person who asks: concerns that are kept from them are left out. */
  readonly userId: string
  readonly statuses: readonly Status[]
  readonly bands: readonly BandNow[] | undefined
  readonly refs: readonly string[] | undefined
  readonly sort: (typeof sorts)[number]
  readonly order: 'down' | 'up'
  readonly limit: number
  readonly offset: number
}

const filtered = (db: CaseworkDb, filter: Pick<ListFilter, 'userId' | 'statuses' | 'bands' | 'refs'>) => {
  let query = db
    .selectFrom('concerns')
    .where('status', 'in', filter.statuses)
    .where(notKeptFrom(filter.userId, 'concerns'))
  if (filter.bands !== undefined) query = query.where('band', 'in', filter.bands)
  if (filter.refs !== undefined)
    query = query.where('ref', '=', sql<string>`any(${[...filter.refs]}::text[])`)
  return query
}

/** How many concerns wait for a decision, and of how many the day to decide by lies before `today`, `YYYY-MM-DD`. */
export const selectWaiting = async (
  db: CaseworkDb,
  userId: string,
  today: string,
): Promise<{ all: number; late: number }> =>
  await filtered(db, { userId, statuses: ['to_review'], bands: undefined, refs: undefined })
    .select(({ fn }) => [
      fn.countAll<number>().as('all'),
      fn.countAll<number>().filterWhere('due_on', '<', today).as('late'),
    ])
    .executeTakeFirstOrThrow()

/** How many concerns that wait for a decision have waited only since a moment. */
export const selectNew = async (db: CaseworkDb, userId: string, since: Date): Promise<number> =>
  (
    await filtered(db, { userId, statuses: ['to_review'], bands: undefined, refs: undefined })
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(sql<Date>`coalesce(waiting_since, opened_at)`, '>=', since)
      .executeTakeFirstOrThrow()
  ).count

const rank = sql`array_position(array['none', 'watch', 'review', 'develop', 'priority'], band)`

const inOrder = (db: CaseworkDb, filter: Omit<ListFilter, 'limit' | 'offset'>) => {
  const by = { rank, since: sql`coalesce(waiting_since, opened_at)`, due: sql`due_on` }[filter.sort]
  const direction = filter.order === 'down' ? 'desc' : 'asc'
  return filtered(db, filter)
    .orderBy(by, order => (direction === 'desc' ? order.desc().nullsLast() : order.asc().nullsLast()))
    .orderBy('points', direction)
    .orderBy('ref')
}

/** One page of concerns. */
export const selectPage = async (db: CaseworkDb, filter: ListFilter) =>
  await inOrder(db, filter).selectAll().limit(filter.limit).offset(filter.offset).execute()

/** How many concerns there are of each status and band, and of how many the day to decide by lies before `today`, `YYYY-MM-DD`. */
export const countByStatus = async (
  db: CaseworkDb,
  userId: string,
  today: string,
): Promise<{ status: Status; band: BandNow; count: number; late: number }[]> => {
  const rows = await db
    .selectFrom('concerns')
    .select(({ fn }) => [
      'status',
      'band',
      fn.countAll<number>().as('count'),
      fn.countAll<number>().filterWhere('due_on', '<', today).as('late'),
    ])
    .where(notKeptFrom(userId, 'concerns'))
    .groupBy(['status', 'band'])
    .execute()
  return rows.map(row => ({ ...row, status: row.status as Status, band: row.band as BandNow }))
}

/** What a search in words looks through, in the order of the list. */
export const selectSearchable = async (db: CaseworkDb, filter: Omit<ListFilter, 'limit' | 'offset'>) =>
  await inOrder(db, filter).select(['ref', 'staff_id', 'person_id', 'account']).execute()

/** A concern's evidence, history with names, and dispositions with names, newest first. */
export const readConcernRows = async (db: CaseworkDb, ref: string) => ({
  evidence: await db
    .selectFrom('concern_evidence')
    .selectAll()
    .where('ref', '=', ref)
    .orderBy('evidence_id')
    .execute(),
  history: await db
    .selectFrom('concern_history')
    .leftJoin('users', 'users.id', 'concern_history.by_user')
    .select(['at', 'kind', 'detail', 'users.name as by_name'])
    .where('ref', '=', ref)
    .orderBy('concern_history.id', 'desc')
    .execute(),
  dispositions: await db
    .selectFrom('dispositions')
    .innerJoin('users', 'users.id', 'dispositions.by_user')
    .selectAll('dispositions')
    .select('users.name as by_name')
    .where('ref', '=', ref)
    .orderBy('dispositions.id', 'desc')
    .execute(),
})

/** Adds a row to a concern's history. */
export const insertHistory = async (
  db: CaseworkDb,
  row: { ref: string; at: Date; kind: string; byUser: string | null; detail: object },
): Promise<void> => {
  await db
    .insertInto('concern_history')
    .values({
      ref: row.ref,
      at: row.at,
      kind: row.kind,
      by_user: row.byUser,
      detail: JSON.stringify(row.detail),
      entered_review_on: null,
    })
    .execute()
}

/** References of concerns that wait and that every reader is kept from; none but for those who oversee the unit. */
export const selectNobodyMayRead = async (db: CaseworkDb): Promise<string[]> => {
  const { rows } = await sql<{ ref: string }>`select concerns_nobody_may_read() as ref`.execute(db)
  return rows.map(row => row.ref)
}
