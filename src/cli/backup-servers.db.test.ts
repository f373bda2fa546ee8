import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { describeSchema } from '../casework-store/describe-schema.ts'
import {
  ordinaryOwner,
  startPrivatePostgres,
  type PrivatePostgres,
} from '../casework-store/private-postgres.ts'
import { readSql, runSql } from '../casework-store/test-stores.ts'
import { addTestUser, movableClock, onlyConcern, raise } from '../concerns/test-concerns.ts'
import { standingOf } from '../concerns/test-standing.ts'
import { projectRoot } from '../core/project-root.ts'
import { checkWhole } from './audit-verify.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-two-servers-'))
const [here, there] = [join(home, 'here'), join(home, 'there')]
const clock = movableClock('2026-05-20T09:00:00Z')
let servers: readonly PrivatePostgres[]
let urls: readonly string[]

before(async () => {
  servers = await Promise.all([startPrivatePostgres(), startPrivatePostgres()])
  urls = await Promise.all(servers.map(each => ordinaryOwner(each.url)))
})

after(async () => {
  await Promise.all(servers.map(each => each.stop()))
  rmSync(home, { recursive: true, force: true })
})

const upstander = (settings: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const main = join(projectRoot, 'src', 'cli', 'main.ts')
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString()
      })
    child.once('close', code => {
      if (code === 0) resolve(said)
      else reject(new Error(said))
    })
  })

/** Rows of every table that a backup must bring back as it was. */
const rowsOf = async ({ db }: CaseworkStore): Promise<unknown> => {
  const tables = await readSql<{ name: string }>(
    db,
    `select table_name as name from information_schema.tables where table_schema = 'public'
      and table_name not in ('sessions', 'audit_entries', 'audit_log') order by 1`,
  )
  const found = tables.map(async ({ name }) => [
    name,
    await readSql(db, `select to_jsonb(t) as row from ${name} t order by to_jsonb(t)::text`),
  ])
  return Object.fromEntries(await Promise.all(found)) as unknown
}

test('a backup without the lake, where that is on a server, is refused until somebody says that it is backed up there', async () => {
  const file = join(home, 'half.backup')
  await assert.rejects(
    upstander({ CLICKHOUSE_URL: 'http://127.0.0.1:1' }, 'backup', file, '--unencrypted', '--data', here),
    /The lake is on a server, and this file cannot hold it.*BACKUP DATABASE upstander.*--no-lake/,
  )
  assert.ok(!existsSync(file))
})

test('BAK-04: an owner who is no superuser backs up every row that the rules keep from others, and restores it on a server that never saw Upstander', async () => {
  const store = await openCaseworkStore({ dataDir: here, databaseUrl: urls[0] })
  const analyst = await addTestUser(store, 'Ann Alyst', ['analyst'])
  const deps = { store, clock, maskKey: Buffer.alloc(32, 7) }
  await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
  const { ref } = await onlyConcern(deps, analyst)
  await runSql(
    store,
    `insert into exclusions (user_id, staff_id, kind, source, since) values ('${analyst.id}', 'S1', 'line', 'test', now())`,
  )
  const [rows, schema] = [await rowsOf(store), await describeSchema(store.db)]
  await store.close()

  const file = join(home, 'all.backup')
  const said = await upstander({ DATABASE_URL: urls[0] }, 'backup', file, '--unencrypted', '--data', here)
  assert.match(said, /Register of erasures: no copy is kept outside the data folder/)
  await upstander({ DATABASE_URL: urls[1] }, 'restore', file, '--data', there)

  const again = await openCaseworkStore({ dataDir: there, databaseUrl: urls[1] })
  try {
    assert.deepEqual(await rowsOf(again), rows)
    assert.match(JSON.stringify(rows), new RegExp(ref), 'the concern is among them')
    const { files, rows: entries } = await checkWhole(again, there)
    assert.deepEqual([...files.faults, ...entries.faults], [], 'and the log is whole')
    const nobody = again.actFor({ role: 'upstander_staff', token: 'none' })
    assert.deepEqual(
      await readSql(nobody, 'select 1 from concerns'),
      [],
      'the rules of the rows are back too',
    )
    // Some lists of a schema come in the order in which things were made.
    const linesOf = (text: string): string[] => text.split('\n').sort()
    assert.deepEqual(
      linesOf(await describeSchema(again.db)),
      linesOf(schema),
      'to the last policy and trigger',
    )
  } finally {
    await again.close()
  }
})
