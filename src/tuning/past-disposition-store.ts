import { sql } from 'kysely'
import { notKeptFrom } from '../access/exclusion-store.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { BandNow } from '../core/bands.ts'
import type { DispositionKind } from '../concerns/dispositions.ts'

/** The disposition that stands on a pair's concern. */
export type PastDisposition = {
  readonly ref: string
  readonly staffId: string
  readonly personId: string
  readonly kind: DispositionKind
  /** The band it was decided on. */
  readonly band: BandNow
  readonly at: Date
}

/** The last disposition that stands of every concern which this person may see. */
export const listPastDispositions = async (db: CaseworkDb, userId: string): Promise<PastDisposition[]> => {
  const rows = await db
    .selectFrom('dispositions as d')
    .innerJoin('concerns as c', 'c.ref', 'd.ref')
    .select(['c.ref', 'c.staff_id', 'c.person_id', 'd.kind', 'd.band', 'd.at'])
    .where('d.undone_at', 'is', null)
    .where(
      sql<boolean>`not exists (select 1 from dispositions later where later.ref = d.ref and later.undone_at is null and later.id > d.id)`,
    )
    .where(notKeptFrom(userId, 'c'))
    .orderBy('d.at', 'desc')
    .execute()
  return rows.map(row => ({
    ref: row.ref,
    staffId: row.staff_id,
    personId: row.person_id,
    kind: row.kind as DispositionKind,
    band: row.band as BandNow,
    at: row.at,
  }))
}
