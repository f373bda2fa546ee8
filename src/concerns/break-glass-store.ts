import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { StandingPart } from './standing.ts'

/** Why an approval does not count. */
export type Obstacle = 'missing' | 'own' | 'opened' | 'late' | 'twice' | 'line' | 'same_line'

/** An emergency that the person who reads may know of. */
export type StoredGlass = {
  readonly ref: string
  readonly concernRef: string
  readonly cause: string
  readonly reason: string
  readonly askedBy: string
  readonly askedByName: string
  readonly askedAt: Date
  readonly opened: { readonly at: Date; readonly until: Date } | undefined
  readonly approvals: readonly { readonly by: string; readonly at: Date }[]
  readonly reviewed:
    { readonly by: string; readonly at: Date; readonly justified: boolean; readonly note: string } | undefined
}

/** Whether everything about a concern is kept from a person, or there is no such concern. */
export const isKeptFrom = async (db: CaseworkDb, userId: string, concernRef: string): Promise<boolean> => {
  const { rows } = await sql<{
    kept: boolean
  }>`select is_kept_from(${userId}, ${concernRef}) as kept`.execute(db)
  return rows[0]?.kept !== false
}

/** Writes down that somebody asks. */
export const insertGlass = async (
  db: CaseworkDb,
  row: Pick<StoredGlass, 'ref' | 'concernRef' | 'cause' | 'reason' | 'askedBy' | 'askedAt'>,
): Promise<void> => {
  await db
    .insertInto('break_glass')
    .values({
      ref: row.ref,
      concern_ref: row.concernRef,
      cause: row.cause,
      reason: row.reason,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
    })
    .execute()
}

/** Emergencies, newest first: none about a concern that is kept from the person, and those of others only for those who have a part in them. */
export const selectGlass = async (
  db: CaseworkDb,
  asked: { readonly userId: string; readonly all: boolean; readonly ref?: string },
): Promise<StoredGlass[]> => {
  const rows = await db
    .selectFrom('break_glass as g')
    .innerJoin('users as u', 'u.id', 'g.asked_by')
    .leftJoin('users as r', 'r.id', 'g.reviewed_by')
    .selectAll('g')
    .select(['u.name as asked_by_name', 'r.name as reviewed_by_name'])
    .where(sql<boolean>`not is_kept_from(${asked.userId}, g.concern_ref)`)
    .$if(!asked.all, query => query.where('g.asked_by', '=', asked.userId))
    .$if(asked.ref !== undefined, query => query.where('g.ref', '=', asked.ref ?? ''))
    .orderBy('g.asked_at', 'desc')
    .limit(100)
    .execute()
  const approvals =
    rows.length === 0
      ? []
      : await db
          .selectFrom('break_glass_approvals as a')
          .innerJoin('users as u', 'u.id', 'a.by_user')
          .select(['a.break_glass', 'a.at', 'u.name as by'])
          .where(
            'a.break_glass',
            'in',
            rows.map(row => row.ref),
          )
          .orderBy('a.at')
          .execute()
  return rows.map(row => ({
    ref: row.ref,
    concernRef: row.concern_ref,
    cause: row.cause,
    reason: row.reason,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    askedAt: row.asked_at,
    opened:
      row.opened_at === null || row.expires_at === null
        ? undefined
        : { at: row.opened_at, until: row.expires_at },
    approvals: approvals.filter(each => each.break_glass === row.ref),
    reviewed:
      row.reviewed_at === null
        ? undefined
        : {
            by: row.reviewed_by_name ?? '',
            at: row.reviewed_at,
            justified: row.justified === true,
            note: row.review ?? '',
          },
  }))
}

/** What stands against a person's approval; undefined where nothing does. The store asks the same again when it is written. */
export const obstacleTo = async (
  db: CaseworkDb,
  ref: string,
  userId: string,
  at: Date,
): Promise<Obstacle | undefined> => {
  const { rows } = await sql<{
    obstacle: Obstacle | ''
  }>`select break_glass_obstacle(${ref}, ${userId}, ${at}::timestamptz) as obstacle`.execute(db)
  const obstacle = rows[0]?.obstacle ?? 'missing'
  return obstacle === '' ? undefined : obstacle
}

/** Writes an approval; the second opens it. Throws where the store finds something against it. */
export const insertApproval = async (
  db: CaseworkDb,
  row: { readonly ref: string; readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> => {
  const { ref, by, at, reason } = row
  await db.insertInto('break_glass_approvals').values({ break_glass: ref, by_user: by, at, reason }).execute()
}

/** What was opened, as it is shown: with whom it is about. */
export type OpenedGlass = {
  readonly ref: string
  readonly staffId: string
  readonly personId: string
  readonly band: string
  readonly account: string
  readonly parts: readonly StandingPart[]
  readonly until: Date
}

/** The concern, for the person it was opened to, while the hour lasts; undefined otherwise. */
export const readGlass = async (
  db: CaseworkDb,
  ref: string,
  userId: string,
  at: Date,
): Promise<OpenedGlass | undefined> => {
  const { rows } = await sql<{
    ref: string
    staff_id: string
    person_id: string
    band: string
    account: string
    parts: StandingPart[]
    expires_at: Date | string
  }>`select * from read_broken_glass(${ref}, ${userId}, ${at}::timestamptz)`.execute(db)
  const [row] = rows
  return row === undefined
    ? undefined
    : {
        ref: row.ref,
        staffId: row.staff_id,
        personId: row.person_id,
        band: row.band,
        account: row.account,
        parts: row.parts,
        until: new Date(row.expires_at),
      }
}

/** Writes a review where there was none; says whether it was written. */
export const markReviewed = async (
  db: CaseworkDb,
  row: {
    readonly ref: string
    readonly by: string
    readonly at: Date
    readonly justified: boolean
    readonly note: string
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('break_glass')
    .set({ reviewed_by: row.by, reviewed_at: row.at, justified: row.justified, review: row.note })
    .where('ref', '=', row.ref)
    .where('opened_at', 'is not', null)
    .where('reviewed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
