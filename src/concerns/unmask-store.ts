import { sql } from 'kysely'
import { notKeptFrom } from '../access/exclusion-store.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Concerns whose identities are shown to a person now, and until when. */
export const shownTo = async (db: CaseworkDb, userId: string, now: Date): Promise<Map<string, Date>> => {
  const rows = await db
    .selectFrom('unmasks')
    .select(['ref', 'expires_at'])
    .where('asked_by', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('expires_at')
    .execute()
  return new Map(rows.flatMap(row => (row.expires_at === null ? [] : [[row.ref, row.expires_at]])))
}

/** Requests for a concern that nobody has granted yet. */
export const openRequests = async (db: CaseworkDb, ref: string) =>
  db
    .selectFrom('unmasks')
    .innerJoin('users', 'users.id', 'unmasks.asked_by')
    .select(['unmasks.id', 'unmasks.asked_by', 'unmasks.reason', 'unmasks.asked_at', 'users.name as by_name'])
    .where('ref', '=', ref)
    .where('granted_at', 'is', null)
    .orderBy('asked_at')
    .execute()

/**
 * Concerns, by reference, for which a request of another person waits, oldest request first; none that is kept from whoever asks, and
 * none that is closed.
 */
export const refsAskedByOthers = async (db: CaseworkDb, userId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('unmasks')
    .innerJoin('concerns', 'concerns.ref', 'unmasks.ref')
    .select(({ fn }) => ['unmasks.ref', fn.min('unmasks.asked_at').as('since')])
    .where('unmasks.granted_at', 'is', null)
    .where('unmasks.asked_by', '!=', userId)
    .where('concerns.status', '!=', 'closed')
    .where(notKeptFrom(userId, 'concerns'))
    .groupBy('unmasks.ref')
    .orderBy('since')
    .execute()
  return rows.map(row => row.ref)
}

/** How many concerns each of these people was shown since a moment. */
export const countShown = async (
  db: CaseworkDb,
  userIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> => {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('unmasks')
    .select(({ fn }) => ['asked_by', fn.count<number>('ref').distinct().as('count')])
    .where('asked_by', 'in', userIds)
    .where('granted_at', '>', since)
    .groupBy('asked_by')
    .execute()
  return new Map(rows.map(row => [row.asked_by, row.count]))
}

/** One request, kept from change by others until the transaction ends. */
export const findRequest = async (db: CaseworkDb, id: string) =>
  db.selectFrom('unmasks').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Writes a request down. */
export const insertRequest = async (
  db: CaseworkDb,
  row: { id: string; ref: string; askedBy: string; askedAt: Date; reason: string },
): Promise<void> => {
  await db
    .insertInto('unmasks')
    .values({
      id: row.id,
      ref: row.ref,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
      reason: row.reason,
      granted_by: null,
    })
    .execute()
}

/** Grants a request until a moment. */
export const markGranted = async (
  db: CaseworkDb,
  id: string,
  grant: { by: string; at: Date; until: Date },
): Promise<void> => {
  await db
    .updateTable('unmasks')
    .set({ granted_by: grant.by, granted_at: grant.at, expires_at: grant.until })
    .where('id', '=', id)
    .execute()
}

/** How many different concerns, but for one, a person was shown since a moment, also those that are kept from whoever asks the store. */
export const countUnmasked = async (
  db: CaseworkDb,
  asked: { readonly userId: string; readonly butFor: string; readonly since: Date },
): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count_unmasked(${asked.userId}, ${asked.butFor}, ${asked.since}::timestamptz) as count`.execute(db)
  return rows[0]?.count ?? 0
}
