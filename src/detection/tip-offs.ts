import { join } from 'node:path'
import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import { contentDir, readSql } from '../core/read-content.ts'

/** Whom to watch about whom, and since when. */
export type Watched = {
  readonly notice: string
  readonly staffId: string
  /** A person, or the bare number where nobody has it. */
  readonly personId: string
  readonly since: Date
}

/** A contact, look-up or stop after a notice. */
export type AfterNotice = {
  readonly notice: string
  readonly kind: 'contact' | 'look_up' | 'stay'
  readonly recordId: string
  readonly staffId: string
  readonly personId: string
  readonly at: Date
  /** Plain English, without a name or number. */
  readonly says: string
  readonly explained: boolean
}

type Row = {
  notice: string
  kind: AfterNotice['kind']
  record_id: string
  staff_id: string
  person_id: string
  at: string
  says: string
  explained: number
}

/** What the records hold after each notice, oldest first, in one query for all of them. Nothing where facts were never built. */
export const readTipOffs = async (lake: Lake, watched: readonly Watched[]): Promise<AfterNotice[]> => {
  if (watched.length === 0) return []
  const built = await builtTables(lake)
  if (!['contacts', 'lookups', 'address_stays', 'purposes'].every(table => built.has(table))) return []
  const rows = await lake.rows<Row>(readSql(join(contentDir, 'tip-off', 'tip-off.sql')), {
    notices: watched.map(each => each.notice),
    staff: watched.map(each => each.staffId),
    people: watched.map(each => each.personId),
    since: watched.map(each => each.since.toISOString().slice(0, 19).replace('T', ' ')),
  })
  return rows.map(row => ({
    notice: row.notice,
    kind: row.kind,
    recordId: row.record_id,
    staffId: row.staff_id,
    personId: row.person_id,
    at: new Date(`${row.at.replace(' ', 'T')}Z`),
    says: row.says,
    explained: row.explained === 1,
  }))
}

/** Of the ids somebody typed, those that no record knows: staff ids, and ids of people; a bare number is always taken. */
export const unknownIds = async (
  lake: Lake,
  typed: { readonly staff: readonly string[]; readonly people: readonly string[] },
): Promise<{ readonly staff: readonly string[]; readonly people: readonly string[] }> => {
  const missing = async (table: 'staff' | 'people', column: string, ids: readonly string[]) => {
    if (ids.length === 0) return []
    const rows = await lake.rows<{ id: string }>(
      `select distinct ${column} as id from upstander.${table} where ${column} in {ids:Array(String)}`,
      { ids },
    )
    const known = new Set(rows.map(row => row.id))
    return ids.filter(id => !known.has(id))
  }
  return {
    staff: await missing('staff', 'staff_id', typed.staff),
    people: await missing(
      'people',
      'person_id',
      typed.people.filter(id => !id.startsWith('+')),
    ),
  }
}
