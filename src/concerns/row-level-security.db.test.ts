import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { addCast, castNames, readers, related, type Cast, type CastName } from '../access/test-cast.ts'
import { actingRoles } from '../casework-store/act-for.ts'
import { onEachStore, readSql } from '../casework-store/test-stores.ts'
import { asRole } from '../casework-store/test-role.ts'
import { addCaseFiles } from './test-case-file.ts'

/** Every table with rows about a concern, and how its rows are counted for one. */
const ofAConcern = {
  concerns: 'ref = $ref',
  concern_evidence: 'ref = $ref',
  concern_history: 'ref = $ref',
  dispositions: 'ref = $ref',
  disposition_indicators: 'disposition in (select id from dispositions where ref = $ref)',
  unmasks: 'ref = $ref',
  sweeps: 'ref = $ref',
  notices: 'ref = $ref',
  tip_offs: 'notice_id in (select id from notices where ref = $ref)',
  authorisations: 'concern_ref = $ref',
  authorisation_reviews: 'authorisation in (select ref from authorisations where concern_ref = $ref)',
  exceptions: "staff_id = (case when $ref = '$theirs' then 'SUBJECT' else 'NOBODY-S' end)",
} as const satisfies Record<string, string>

/** Those who oversee authorisations have these of a concern that has one, and nothing else. */
const overseen = ['concerns', 'authorisations', 'authorisation_reviews']
const overseers: readonly CastName[] = ['auditor', 'data_protection']

onEachStore((store, opened) => {
  let cast: Cast
  let refs: { readonly theirs: string; readonly other: string }

  before(async () => {
    cast = await addCast(store())
    refs = await addCaseFiles(store(), cast)
  })

  const counted = (table: keyof typeof ofAConcern, ref: string): string =>
    `select count(*) as n from ${table} where ${ofAConcern[table].replaceAll('$theirs', refs.theirs).replaceAll('$ref', `'${ref}'`)}`

  for (const name of castNames)
    test(`RLS-01 COI-01: ${name.replaceAll('_', ' ')}: every kind of row, of a concern about the subject and of one about a stranger`, async () => {
      const tables = Object.keys(ofAConcern) as (keyof typeof ofAConcern)[]
      const cells = tables.flatMap(table => (['theirs', 'other'] as const).map(which => ({ table, which })))
      const query = cells.map(({ table, which }) => counted(table, refs[which])).join(' union all ')
      // As the app asks, and again straight on the store with the role's own password.
      const db = store().actFor({ role: 'upstander_staff', token: cast[name].token })
      const app = await readSql<{ n: number }>(db, query)
      const straight = await asRole(opened(), 'upstander_staff', cast[name].token, query)
      for (const [at, { table, which }] of cells.entries()) {
        const reads = readers.includes(name) || (overseers.includes(name) && overseen.includes(table))
        const sees = reads && !(which === 'theirs' && related.includes(name))
        const about = `${table}, ${which}`
        assert.equal((app[at]?.n ?? 0) > 0, sees, `the app: ${about}`)
        assert.equal(Number(straight.rows[at]?.['n']) > 0, sees, `straight: ${about}`)
      }
    })

  test('RLS-01: without a session there is no row of anything, and the role of accounts has no table of police data at all', async () => {
    for (const table of Object.keys(ofAConcern)) {
      const query = `select 1 from ${table} limit 1`
      for (const token of ['', 'not-a-token']) {
        const told = await asRole(opened(), 'upstander_staff', token, query)
        assert.deepEqual([told.refused, told.rows], ['', []], table)
      }
      assert.equal(
        (await asRole(opened(), 'upstander_accounts', cast.analyst.token, query)).refused,
        '42501',
        table,
      )
    }
  })

  test('RLS-01: no role reads who may sign in with what, changes what is only added to, or makes anything', async () => {
    const forbidden = [
      'select token from sessions',
      'select password from accounts',
      'select secret from authenticators',
      'select public_key from passkeys',
      'select email_verified from users',
      'select kind from exclusions',
      'select source from staff_links',
      'select reason from exclusion_ends',
      "update user_roles set role = 'head_of_unit'",
      'update exclusions set ended_at = now()',
      'delete from exclusions',
      'delete from staff_links',
      'delete from concerns',
      "update concerns set staff_id = 'S2'",
      "insert into concerns (ref) values ('AAAA-2222')",
      'delete from concern_history',
      'delete from dispositions',
      'delete from unmasks',
      "update audit_entries set who = 'nobody'",
      'select hash, who from audit_entries_before',
      'truncate concerns cascade',
      'create table mine (id int)',
      'create function mine() returns int language sql as $$ select 1 $$',
      'create view mine as select 1',
      'alter table concerns disable row level security',
      'drop policy never on concerns',
      'copy concerns from stdin',
      'select counted_concerns()',
    ]
    for (const statement of forbidden) {
      const { refused } = await asRole(opened(), 'upstander_staff', cast.head.token, statement)
      assert.match(refused, /^42501$|^42P01$|copy/i, statement)
    }
    for (const statement of [
      'select 1 from concerns',
      "update audit_entries set who = 'nobody'",
      'select 1 from exclusions',
    ])
      assert.equal(
        (await asRole(opened(), 'upstander_accounts', cast.administrator.token, statement)).refused,
        '42501',
      )
  })

  test('every table that names a concern or somebody has forced row-level security, and one that refuses', async () => {
    const rows = await readSql<{ name: string; forced: boolean; denies: boolean }>(
      store().db,
      `
      select distinct c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select 1 from pg_policies p where p.tablename = c.relname and 'upstander_service' = any (p.roles)) as denies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relname <> 'users'
        and a.attname in ('staff_id', 'person_id', 'concern_ref', 'ref', 'notice_id', 'disposition', 'authorisation')
      order by name`,
    )
    assert.ok(rows.length >= 14)
    assert.deepEqual(
      rows.filter(row => !row.forced || !row.denies),
      [],
      'Give the table a policy as in db/migrations/0014, and add it to the list above.',
    )
    const views = await readSql<{ viewname: string }>(
      store().db,
      `
      select viewname from pg_views where schemaname = 'public'`,
    )
    assert.deepEqual(views, [], 'a view shows what its owner may see')
  })

  test('the roles own nothing, cannot pass by row-level security, and make no roles or databases', async () => {
    const rows = await readSql<{ name: string; powers: boolean; owns: number }>(
      store().db,
      `
      select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powers,
        (select count(*) from pg_class c where c.relowner = r.oid) as owns
      from pg_roles r where rolname like 'upstander_%' order by rolname`,
    )
    assert.deepEqual(
      rows.map(row => [row.name, row.powers, row.owns]),
      [...actingRoles, 'upstander_service'].toSorted().map(name => [name, false, 0]),
    )
  })
})
