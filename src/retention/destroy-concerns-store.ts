import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Orders that were carried out on this store. */
export const erasedFromCasework = async (db: CaseworkDb): Promise<ReadonlySet<string>> => {
  const rows = await db.selectFrom('erasures').select('id').execute()
  return new Set(rows.map(row => row.id))
}

type Link = { readonly child: string; readonly column: string; readonly parent: string; readonly key: string }

/** Every column that refers to a row of another table, as the store itself says: a table that is added later is found too. */
const readLinks = async (db: CaseworkDb): Promise<readonly Link[]> => {
  const { rows } = await sql<Link>`
    select c.conrelid::regclass::text as child, a.attname as column, c.confrelid::regclass::text as parent, k.attname as key
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute k on k.attrelid = c.confrelid and k.attnum = c.confkey[1]
    where c.contype = 'f' and array_length(c.conkey, 1) = 1`.execute(db)
  return rows
}

/** Destroys rows of a table and, before them, every row that refers to one of them. */
const destroyRows = async (
  db: CaseworkDb,
  links: readonly Link[],
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> => {
  if (values.length === 0) return
  for (const link of links.filter(each => each.parent === table && each.child !== table)) {
    const { rows } = await sql<{ value: string }>`
      select ${sql.ref(link.key)}::text as value from ${sql.table(table)}
      where ${sql.ref(column)}::text = any(${values})`.execute(db)
    await destroyRows(
      db,
      links,
      link.child,
      link.column,
      rows.map(row => row.value),
    )
  }
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)}::text = any(${values})`.execute(db)
}

/** Destroys concerns with everything that was recorded on them, and writes down that the order was carried out. In one transaction. */
export const destroyConcerns = async (
  db: CaseworkDb,
  order: { readonly id: string; readonly concerns: readonly string[] },
  at: Date,
): Promise<void> => {
  const links = await readLinks(db)
  // What was done in an emergency can otherwise only be added to.
  await sql`select set_config('upstander.destroying', 'concerns', true)`.execute(db)
  await destroyRows(db, links, 'concerns', 'ref', order.concerns)
  // Recusals of old and the like name a concern without referring to it.
  const { rows } = await sql<{ child: string; column: string }>`
    select c.oid::regclass::text as child, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and a.attname in ('ref', 'concern_ref') and not a.attisdropped`.execute(db)
  for (const { child, column } of rows)
    await sql`delete from ${sql.table(child)} where ${sql.ref(column)} = any(${order.concerns})`.execute(db)
  await db
    .insertInto('erasures')
    .values({ id: order.id, at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Closed concerns that were closed before a moment and are about nobody who is held. */
export const listClosedBefore = async (
  db: CaseworkDb,
  before: Date,
  held: { readonly staff: readonly string[]; readonly people: readonly string[] },
): Promise<string[]> => {
  const rows = await db
    .selectFrom('concerns')
    .select('ref')
    .where('status', '=', 'closed')
    .where('closed_at', '<', before)
    .$if(held.staff.length > 0, query => query.where('staff_id', 'not in', held.staff))
    .$if(held.people.length > 0, query => query.where('person_id', 'not in', held.people))
    .orderBy('ref')
    .execute()
  return rows.map(row => row.ref)
}

/** Members of staff and people of concerns that are live: in review, watched or developed. */
export const listLivePairs = async (db: CaseworkDb) =>
  db
    .selectFrom('concerns')
    .select(['staff_id', 'person_id'])
    .where('status', 'in', ['to_review', 'watching', 'developing'])
    .execute()
