import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openCaseworkStore, type CaseworkStore } from './casework-store.ts'
import { ordinaryOwner, startPrivatePostgres, type PrivatePostgres } from './private-postgres.ts'
import { readSql } from './test-stores.ts'

let server: PrivatePostgres
let store: CaseworkStore
let databaseUrl: string
const dataDir = mkdtempSync(join(tmpdir(), 'upstander-owner-'))

before(async () => {
  server = await startPrivatePostgres()
  databaseUrl = await ordinaryOwner(server.url)
  store = await openCaseworkStore({ dataDir, databaseUrl })
})

after(async () => {
  await store.close()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a server’s store works for an owner who is no superuser, and detection sees what it wrote', async () => {
  await store.db
    .insertInto('staff_links')
    .values({
      staff_id: 'S1',
      other_staff_id: 'S2',
      person_id: '',
      kind: 'colleague',
      source: 'x',
      first_seen_at: new Date(),
    })
    .execute()
  assert.equal((await readSql(store.db, 'select 1 from staff_links')).length, 1)
  const at = new Date()
  const stamps = { created_at: at, updated_at: at, email_verified: true, image: null }
  await store.db
    .insertInto('users')
    .values({ id: 'u1', name: 'One', email: 'one@example.uk', staff_id: 'S1', ...stamps })
    .execute()
  assert.deepEqual(await readSql(store.db, 'select staff_id from exclusions order by 1'), [
    { staff_id: 'S1' },
    { staff_id: 'S2' },
  ])
  assert.deepEqual(await readSql(store.db, "select count_entered('2026-01-01', '2026-12-31') as n"), [
    { n: 0 },
  ])
})

test('each role signs in with a password of its own, and the store opens a second time', async () => {
  const db = store.actFor({ role: 'upstander_staff', token: 'none' })
  assert.deepEqual(await readSql(db, 'select session_user::text as who, asker() as asks'), [
    { who: 'upstander_staff', asks: null },
  ])
  assert.deepEqual(await readSql(db, 'select 1 from concerns'), [])
  const second = await openCaseworkStore({ dataDir, databaseUrl })
  await second.close()
})

test('RLS-03: a statement slipped in becomes nobody else: no other role, no row-level security put off', async () => {
  const db = store.actFor({ role: 'upstander_staff', token: 'none' })
  for (const statement of [
    'set role force',
    'set role upstander_service',
    'set session authorization force',
    "select set_config('role', 'upstander_service', true)",
  ])
    await assert.rejects(readSql(db, statement), /permission denied/, statement)
  const off = store.actFor({ role: 'upstander_staff', token: 'none' }).transaction()
  await off.execute(async trx => {
    await readSql(trx, 'reset role')
    assert.deepEqual(await readSql(trx, 'select current_user::text as who'), [{ who: 'upstander_staff' }])
  })
  await assert.rejects(
    store
      .actFor({ role: 'upstander_staff', token: 'none' })
      .transaction()
      .execute(async trx => {
        await readSql(trx, 'set local row_security = off')
        await readSql(trx, 'select 1 from concerns')
      }),
    /row-level security/,
  )
})
