import type { CaseworkDb } from '../casework-store/casework-store.ts'

export type NoticeRow = {
  readonly id: string
  readonly ref: string
  readonly kind: string
  readonly since: Date
  readonly people: readonly string[]
  readonly colleagues: readonly string[]
  readonly authorisation: string
  readonly reason: string
  readonly byUser: string
  readonly at: Date
}

/** Writes a notice down. */
export const insertNotice = async (db: CaseworkDb, row: NoticeRow): Promise<void> => {
  const { byUser, people, colleagues, ...rest } = row
  await db
    .insertInto('notices')
    .values({
      ...rest,
      people: JSON.stringify(people),
      colleagues: JSON.stringify(colleagues),
      by_user: byUser,
    })
    .execute()
}

/** The notices of a concern with who entered and ended them, newest first. */
export const selectNotices = async (db: CaseworkDb, ref: string) =>
  db
    .selectFrom('notices')
    .innerJoin('users', 'users.id', 'notices.by_user')
    .selectAll('notices')
    .select('users.name as by_name')
    .where('ref', '=', ref)
    .orderBy('notices.since', 'desc')
    .orderBy('notices.id')
    .execute()

/** Notices that are watched still, with the pair their concern is about; of one concern, or of all. */
export const selectWatched = async (db: CaseworkDb, ref?: string) =>
  db
    .selectFrom('notices')
    .innerJoin('concerns', 'concerns.ref', 'notices.ref')
    .select([
      'notices.id',
      'notices.ref',
      'since',
      'people',
      'colleagues',
      'authorisation',
      'staff_id',
      'person_id',
    ])
    .where('ended_at', 'is', null)
    .$if(ref !== undefined, query => query.where('notices.ref', '=', ref ?? ''))
    .orderBy('notices.id')
    .execute()

/** Ends a watch that was not ended yet; says whether there was one. */
export const markEnded = async (
  db: CaseworkDb,
  end: {
    readonly id: string
    readonly ref: string
    readonly by: string
    readonly at: Date
    readonly reason: string
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ ended_at: end.at, ended_by: end.by, end_reason: end.reason })
    .where('id', '=', end.id)
    .where('ref', '=', end.ref)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Writes that notices were checked. */
export const markChecked = async (db: CaseworkDb, ids: readonly string[], at: Date): Promise<void> => {
  if (ids.length > 0) await db.updateTable('notices').set({ checked_at: at }).where('id', 'in', ids).execute()
}

/** What was seen after the notices of a concern, newest first. */
export const selectTipOffs = async (db: CaseworkDb, ref: string) =>
  db
    .selectFrom('tip_offs')
    .innerJoin('notices', 'notices.id', 'tip_offs.notice_id')
    .selectAll('tip_offs')
    .where('notices.ref', '=', ref)
    .orderBy('tip_offs.at', 'desc')
    .orderBy('record_id')
    .execute()

/** Adds what is new and says how much that was; whether a record explains what was seen before is brought up to date. */
export const insertTipOff = async (
  db: CaseworkDb,
  row: {
    readonly noticeId: string
    readonly staffId: string
    readonly personId: string
    readonly recordId: string
    readonly kind: string
    readonly at: Date
    readonly says: string
    readonly explained: boolean
    readonly firstSeenAt: Date
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('tip_offs')
    .values({
      notice_id: row.noticeId,
      staff_id: row.staffId,
      person_id: row.personId,
      record_id: row.recordId,
      kind: row.kind,
      at: row.at,
      says: row.says,
      explained: row.explained,
      first_seen_at: row.firstSeenAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return true
  await db
    .updateTable('tip_offs')
    .set({ explained: row.explained })
    .where('notice_id', '=', row.noticeId)
    .where('staff_id', '=', row.staffId)
    .where('person_id', '=', row.personId)
    .where('record_id', '=', row.recordId)
    .execute()
  return false
}
