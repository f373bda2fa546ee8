import { sql, type Kysely } from 'kysely'

/**
 * The tables, indexes, functions, triggers and policies of a store as SQL, in one fixed order and the same on every engine:
 * what `db/schema.sql` holds.
 */
export const describeSchema = async <Tables>(db: Kysely<Tables>): Promise<string> => {
  const columns = await sql<{ table_name: string; line: string }>`
    select c.relname as table_name,
      a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attidentity = 'a' then ' generated always as identity' else '' end
        || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`.execute(db)
  // Newer engines also list "not null" here; the column's own line says it already.
  const constraints = await sql<{ table_name: string; kind: string; line: string }>`
    select c.relname as table_name, k.contype as kind, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where k.contype in ('p', 'u', 'c', 'f')
    order by c.relname, k.contype, k.conname`.execute(db)
  const indexes = await sql<{ line: string }>`
    select pg_get_indexdef(i.indexrelid) as line
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relname`.execute(db)
  const functions = await sql<{ line: string }>`
    select pg_get_functiondef(p.oid) as line from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'public'
    order by p.proname`.execute(db)
  const triggers = await sql<{ line: string }>`
    select pg_get_triggerdef(t.oid) as line from pg_trigger t
    where not t.tgisinternal order by t.tgname`.execute(db)
  const guards = await sql<{ line: string }>`
    select 'alter table ' || c.relname || ' enable row level security'
      || case when c.relforcerowsecurity then ', force row level security' else '' end as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relrowsecurity order by c.relname`.execute(db)
  const policies = await sql<{ line: string }>`
    select 'create policy ' || policyname || ' on ' || tablename || ' as ' || lower(permissive) || ' for ' || lower(cmd)
      || ' to ' || array_to_string(roles, ', ') || coalesce(E'\n  using ' || qual, '') || coalesce(E'\n  with check ' || with_check, '') as line
    from pg_policies where schemaname = 'public' order by tablename, policyname`.execute(db)

  const tables = [...new Set(columns.rows.map(row => row.table_name))]
  const inner = (table: string, foreign: boolean): string[] =>
    constraints.rows
      .filter(row => row.table_name === table && (row.kind === 'f') === foreign)
      .map(row => row.line)
  return [
    ...tables.map(table => {
      const lines = [
        ...columns.rows.filter(row => row.table_name === table).map(row => row.line),
        ...inner(table, false),
      ]
      return `create table ${table} (\n  ${lines.join(',\n  ')}\n);`
    }),
    // After every table, because they name each other.
    ...tables.flatMap(table => inner(table, true).map(line => `alter table ${table} add ${line};`)),
    ...indexes.rows.map(row => `${row.line};`),
    ...functions.rows.map(row => `${row.line.trim()};`),
    ...triggers.rows.map(row => `${row.line};`),
    ...guards.rows.map(row => `${row.line};`),
    ...policies.rows.map(row => `${row.line};`),
    '',
  ].join('\n\n')
}
