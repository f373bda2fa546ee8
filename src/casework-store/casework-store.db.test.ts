import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { projectRoot } from '../core/project-root.ts'
import { openCaseworkStore } from './casework-store.ts'
import { describeSchema } from './describe-schema.ts'
import { findPrograms } from './private-postgres.ts'
import { readMigrations, runMigrations, splitStatements } from './run-migrations.ts'
import { onEachStore } from './test-stores.ts'

onEachStore((store, opened) => {
  test('db/schema.sql says what the migrations make', async () => {
    const schema = await describeSchema(store().db)
    const written = readFileSync(join(projectRoot, 'db', 'schema.sql'), 'utf8')
    assert.equal(schema, written, 'Run scripts/write-schema.mjs and commit db/schema.sql.')
  })

  test('days come back as the same text and counts as numbers', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select date '2026-03-29' as day, count(*) as count, timestamptz '2026-03-29T01:30:00Z' as at, '{"a":[1]}'::jsonb as json
      from schema_migrations`.execute(store().db)
    assert.deepEqual(rows[0], {
      day: '2026-03-29',
      count: readMigrations().length,
      at: new Date('2026-03-29T01:30:00Z'),
      json: { a: [1] },
    })
  })

  test('migrations run once, and a migration changed after it ran is refused by name', async () => {
    const { db } = store()
    assert.deepEqual(await runMigrations(db), [])
    const changed = readMigrations().map((each, at) => (at === 0 ? { ...each, sql: `${each.sql}\n` } : each))
    await assert.rejects(runMigrations(db, changed), /0001-accounts\.sql was changed after it ran/)
  })

  test('a migration that fails leaves nothing of itself behind', async () => {
    const { db } = store()
    const broken = {
      name: '9999-broken.sql',
      sql: 'create table half (id int);\ncreate table half (id int);\n',
    }
    await assert.rejects(runMigrations(db, [...readMigrations(), broken]), /already exists/)
    const { rows } = await sql<{ found: string | null }>`select to_regclass('half')::text as found`.execute(
      db,
    )
    assert.equal(rows[0]?.found, null)
  })

  test('a store made by a newer version is not touched', async () => {
    await assert.rejects(
      runMigrations(store().db, readMigrations().slice(1)),
      /made by a newer version.*0001-accounts/,
    )
  })

  test('two transactions at once do not see into each other', async () => {
    const { db } = store()
    const run = (staff: number, fail: boolean): Promise<unknown> =>
      db.transaction().execute(async trx => {
        const counts = { opened: 0, joined: 0, reopened: 0, unchanged: 0 }
        await trx
          .insertInto('raise_runs')
          .values({ at: new Date(), on_day: null, staff_count: staff, ...counts })
          .execute()
        if (fail) throw new Error('stop')
      })
    await Promise.allSettled([run(901, true), run(902, false), run(903, true), run(904, false)])
    const kept = await db
      .selectFrom('raise_runs')
      .select('staff_count')
      .where('staff_count', '>', 900)
      .orderBy('staff_count')
      .execute()
    assert.deepEqual(
      kept.map(row => row.staff_count),
      [902, 904],
    )
  })

  test('a store that was closed opens again with what it held', async () => {
    const { settings, store: first } = opened()
    if (first.mode === 'embedded') await first.close()
    const second = await openCaseworkStore(settings)
    const { rows } = await sql<{ count: number }>`select count(*) as count from schema_migrations`.execute(
      second.db,
    )
    assert.equal(rows[0]?.count, readMigrations().length)
    await second.close()
  })
})

test('a server that is not there is named in a sentence, without its password', async () => {
  await assert.rejects(
    openCaseworkStore({ dataDir: '/nowhere', databaseUrl: 'postgres://u:swordfish@127.0.0.1:1/x' }),
    (thrown: Error) => {
      assert.match(thrown.message, /127\.0\.0\.1:1 does not open.*Check DATABASE_URL/)
      assert.doesNotMatch(thrown.message, /swordfish/)
      return true
    },
  )
})

test('a migration is divided at the ends of its statements, not inside a function', () => {
  const text =
    '-- why\ncreate table a (b int);\ncreate function f() returns int language sql as $$\n  select 1;\n$$;\n'
  assert.deepEqual(splitStatements(text), [
    'create table a (b int)',
    'create function f() returns int language sql as $$\n  select 1;\n$$',
  ])
})

test('without a PostgreSQL the tests fail and name the Debian package to install', () => {
  assert.throws(() => findPrograms('/nowhere'), /Install the Debian package "postgresql"/)
})
