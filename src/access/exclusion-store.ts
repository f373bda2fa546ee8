import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Why everything about somebody is kept from a person by hand: by the head of unit, or by themselves. */
type ExclusionKind = 'by_hand' | 'recusal'

/** The tables whose rows are about one member of staff and one member of the public. */
type OfAPair = 'concerns' | 'c'

/**
 * Leaves out what is about somebody that a person is kept from: about that member of staff, or about that member of the public.
 * @param table name of the table of pairs in the query, or its alias
 */
export const notKeptFrom = (userId: string, table: OfAPair) =>
  sql<boolean>`(not exists (select 1 from exclusions x where x.user_id = ${userId} and x.ended_at is null
      and x.staff_id = ${sql.ref(`${table}.staff_id`)})
    and not exists (select 1 from exclusions x where x.user_id = ${userId} and x.ended_at is null
      and x.person_id <> '' and x.person_id = ${sql.ref(`${table}.person_id`)}))`

type NewExclusion = {
  readonly userId: string
  /** A member of staff, or a member of the public: one of the two. */
  readonly from: { readonly staffId: string } | { readonly personId: string }
  readonly kind: ExclusionKind
  /** What says so: a record, a notice, the person themselves. */
  readonly source: string
  readonly reason?: string
  readonly byUser: string
  readonly at: Date
}

/** Keeps a person from everything about somebody; a second time changes nothing. */
export const insertExclusion = async (db: CaseworkDb, row: NewExclusion): Promise<void> => {
  await db
    .insertInto('exclusions')
    .values({
      user_id: row.userId,
      ...('staffId' in row.from ? { staff_id: row.from.staffId } : { person_id: row.from.personId }),
      kind: row.kind,
      source: row.source,
      reason: row.reason ?? '',
      by_user: row.byUser,
      since: row.at,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
