import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Somebody who is close to a member of staff, as a record says. */
export type StaffLink = {
  readonly staffId: string
  /** Another member of staff; '' where it is a member of the public. */
  readonly otherStaffId: string
  readonly personId: string
  /** `supervises`: `staffId` is the line manager. `self`: the person is this member of staff. */
  readonly kind: 'supervises' | 'colleague' | 'associate' | 'partner' | 'family' | 'self'
  /** Where the records say so, such as `disclosures:D1`. */
  readonly source: string
}

/** Rows of one statement. Each column goes as one array, so the number of parameters stays five. */
const chunk = 20_000

/**
 * Adds the links that were never seen before; nothing is taken away.
 * @returns how many are new
 */
export const insertStaffLinks = async (
  db: CaseworkDb,
  links: readonly StaffLink[],
  at: Date,
): Promise<number> => {
  let added = 0
  for (let from = 0; from < links.length; from += chunk) {
    const part = links.slice(from, from + chunk)
    const column = (name: keyof StaffLink): string[] => part.map(link => link[name])
    const { numAffectedRows } = await sql`
      insert into staff_links (staff_id, other_staff_id, person_id, kind, source, first_seen_at)
      select l.*, ${at}::timestamptz
      from unnest(${column('staffId')}::text[], ${column('otherStaffId')}::text[], ${column('personId')}::text[],
        ${column('kind')}::text[], ${column('source')}::text[]) as l
      on conflict do nothing`.execute(db)
    added += Number(numAffectedRows ?? 0n)
  }
  return added
}

/**
 * Keeps every person who is in the staff records from everything about themselves, those above and below them in the line, their
 * colleagues, and those they or the others declared. Follows every link that was ever seen; ends none. The store does the same by
 * itself when an account is linked to the staff records: see db/migrations/0011-conflicts.sql.
 * @param userId only this person, such as one who was just linked to the staff records
 * @returns how many exclusions are new
 */
export const deriveExclusions = async (db: CaseworkDb, at: Date, userId?: string): Promise<number> => {
  const { rows } = await sql<{ added: number }>`
    select derive_exclusions(${at}::timestamptz, ${userId ?? null}::text) as added`.execute(db)
  return rows[0]?.added ?? 0
}

/**
 * Members of staff under as many different managers, who manage nobody themselves: those first who are close to the fewest whom a concern
 * is about. Fewer where there are fewer.
 */
export const selectFreeOfLines = async (db: CaseworkDb, howMany: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ staffId: string }>`
    with
      close as (
        select staff_id as one, other_staff_id as other from staff_links where other_staff_id <> ''
        union select other_staff_id, staff_id from staff_links where other_staff_id <> ''
      ),
      candidate as (
        select l.other_staff_id as staff_id, min(l.staff_id) as manager,
          (select count(*) from concerns c where c.staff_id = l.other_staff_id
            or c.staff_id in (select other from close where one = l.other_staff_id)) as kept_from
        from staff_links l
        where l.kind = 'supervises' and l.other_staff_id not in (select staff_id from staff_links where kind = 'supervises')
        group by l.other_staff_id having count(*) = 1
      ),
      best as (select distinct on (manager) staff_id, kept_from from candidate order by manager, kept_from, staff_id)
    select staff_id as "staffId" from best order by kept_from, staff_id limit ${howMany}`.execute(db)
  return rows.map(row => row.staffId)
}
