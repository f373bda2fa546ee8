import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** A hold: what is kept from destruction, why, and until when at most nobody looks at it again. */
export type Hold = {
  readonly id: string
  /** Empty for everything. */
  readonly staffId: string
  readonly reason: string
  /** `YYYY-MM-DD`. */
  readonly reviewOn: string
  readonly madeByName: string
  readonly madeAt: Date
}

/** Holds in force, oldest first; those about somebody whom the reader is kept from are not there. */
export const listHolds = async (db: CaseworkDb, readerId: string): Promise<Hold[]> => {
  const rows = await db
    .selectFrom('holds as h')
    .innerJoin('users as u', 'u.id', 'h.made_by')
    .select(['h.id', 'h.staff_id', 'h.reason', 'h.review_on', 'h.made_at', 'u.name'])
    .where('h.ended_at', 'is', null)
    .where(
      sql<boolean>`not exists (select 1 from exclusions x where x.user_id = ${readerId} and x.ended_at is null
        and h.staff_id <> '' and x.staff_id = h.staff_id)`,
    )
    .orderBy('h.made_at')
    .execute()
  return rows.map(row => ({
    id: row.id,
    staffId: row.staff_id,
    reason: row.reason,
    reviewOn: row.review_on,
    madeByName: row.name,
    madeAt: row.made_at,
  }))
}

/** Members of staff who are held, and whether everything is. */
export const readHeld = async (
  db: CaseworkDb,
): Promise<{ readonly everything: boolean; readonly staff: string[] }> => {
  const rows = await db.selectFrom('holds').select('staff_id').where('ended_at', 'is', null).execute()
  const staff = rows.map(row => row.staff_id)
  return { everything: staff.includes(''), staff: staff.filter(id => id !== '') }
}

/** Writes a hold down. */
export const insertHold = async (
  db: CaseworkDb,
  hold: Pick<Hold, 'id' | 'staffId' | 'reason' | 'reviewOn' | 'madeAt'> & { readonly madeBy: string },
): Promise<void> => {
  await db
    .insertInto('holds')
    .values({
      id: hold.id,
      staff_id: hold.staffId,
      reason: hold.reason,
      review_on: hold.reviewOn,
      made_by: hold.madeBy,
      made_at: hold.madeAt,
      ended_by: null,
      ended_at: null,
    })
    .execute()
}

/** Ends a hold; false when there is none in force with this id. */
export const endHoldRow = async (db: CaseworkDb, id: string, endedBy: string, at: Date): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('holds')
    .set({ ended_by: endedBy, ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
