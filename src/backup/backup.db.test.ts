import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { onePair, writeOnePair } from '../../tests/support/one-pair.ts'
import { readKey } from '../core/keys.ts'
import { everyRow } from '../audit/every-row.ts'
import { logFolder } from '../audit/open-log.ts'
import { openCaseworkStore, type CaseworkStore } from '../casework-store/casework-store.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { raiseConcerns } from '../concerns/raise-concerns.ts'
import { fixedClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { checkFiles } from '../log-check/check-files.ts'
import { checkRows } from '../log-check/check-rows.ts'
import { openLake, type Lake } from '../lake/lake.ts'
import { oneStanding } from '../../tests/support/staff-app.ts'
import { makeBackup, newBackupId } from './make-backup.ts'
import { noteBackup, noteRestored } from './note-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const clock = fixedClock('2026-06-08T09:00:00Z')
const home = mkdtempSync(join(tmpdir(), 'upstander-backups-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

const lakeIn = (dataDir: string): Promise<Lake> =>
  openLake({ dataDir, clickhouseUrl: undefined, lakeMemoryMb: 1_000, lakeThreads: 1 })

/** Where the log of a data folder ends, once its files and the rows of the store were found to be whole and the same. */
const endOfLog = async (dataDir: string, store: CaseworkStore) => {
  const { faults, size, root, hashes } = checkFiles(logFolder(dataDir))
  assert.deepEqual([...faults, ...(await checkRows(hashes, everyRow(store.db))).faults], [])
  return { size, root }
}

/** Every folder below a folder that somebody else on the machine could open, were it moved elsewhere. */
const openToOthers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => (statSync(path).mode & 0o077) !== 0)

onEachStore((store, opened) => {
  test('BAK-01: both stores, the log and the keys come back as they were, and every visit is over', async () => {
    const { settings } = opened()
    const { dataDir, databaseUrl } = settings
    takeDataFolder(dataDir, 'backup').release()
    const lake = await lakeIn(dataDir)
    await writeOnePair(lake)
    await lake.close()
    const deps = { store: store(), clock }
    await raiseConcerns(deps, [oneStanding], { staffCount: 1_000, lastDay: '2026-06-05' })
    await runSql(
      store(),
      `insert into users (id, name, email, created_at, updated_at) values ('u1', 'U', 'u@example.uk', now(), now())`,
    )
    await runSql(
      store(),
      `insert into sessions (id, user_id, token, expires_at, created_at, updated_at) values ('s1', 'u1', 'token', now(), now(), now())`,
    )
    const key = readKey(dataDir, 'mask')
    const id = newBackupId()
    await noteBackup(deps, id, false)
    const log = await endOfLog(dataDir, store())
    await store().close()

    const file = join(home, `${id}.backup`)
    await makeBackup({ clock }, { id, file, dataDir, databaseUrl, lakeOnServer: false, recipients: [] })
    const target = join(home, id)
    mkdirSync(target, { mode: 0o755 })
    const folder = takeDataFolder(target, 'restore')
    const restored = await restoreBackup(
      { clock },
      {
        file,
        dataDir: target,
        databaseUrl,
        identity: undefined,
        replace: false,
        bringUp: () => Promise.resolve(),
      },
    )
    assert.equal(restored.id, id)

    const again = await openCaseworkStore({ dataDir: target, databaseUrl })
    try {
      assert.deepEqual(await endOfLog(target, again), log, 'the log is whole and ends where it ended')
      await noteRestored({ store: again, clock }, restored)
      const concerns = await again.db.selectFrom('concerns').select(['staff_id', 'account']).execute()
      assert.deepEqual(concerns, [{ staff_id: onePair.staffId, account: oneStanding.account }])
      assert.deepEqual(await again.db.selectFrom('sessions').select('id').execute(), [])
      assert.equal((await endOfLog(target, again)).size, log.size + 2)
    } finally {
      await again.close()
    }
    assert.deepEqual(readKey(target, 'mask'), key)
    const restoredLake = await lakeIn(target)
    const [row] = await restoredLake.rows<{ n: number }>(
      'select uniqExact(person_id) as n from upstander.contacts where person_id = {id:String}',
      { id: onePair.personId },
    )
    await restoredLake.close()
    assert.equal(row?.n, 1)
    folder.release()
    assert.equal(statSync(target).mode & 0o777, 0o700)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.deepEqual(openToOthers(target), [], 'no folder restored is open to others')
  })
})

test('BAK-03: a folder whose process was killed is backed up as it lies, and opens again after a restore', async () => {
  const dataDir = mkdtempSync(join(home, 'killed-'))
  const lake = await lakeIn(dataDir)
  await writeOnePair(lake)
  const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
  await raiseConcerns({ store, clock }, [oneStanding], { staffCount: 1_000, lastDay: '2026-06-05' })
  // What is on disk at this moment is what a killed process would leave: nothing was closed.
  const left = join(home, 'left')
  cpSync(dataDir, left, { recursive: true, verbatimSymlinks: true })
  await store.close()
  await lake.close()
  const file = join(home, 'killed.backup')
  await makeBackup(
    { clock },
    { id: newBackupId(), file, dataDir: left, databaseUrl: undefined, lakeOnServer: false, recipients: [] },
  )
  const target = mkdtempSync(join(home, 'after-'))
  await restoreBackup(
    { clock },
    {
      file,
      dataDir: target,
      databaseUrl: undefined,
      identity: undefined,
      replace: false,
      bringUp: () => Promise.resolve(),
    },
  )
  const again = await openCaseworkStore({ dataDir: target, databaseUrl: undefined })
  const concerns = await again.db.selectFrom('concerns').select('staff_id').execute()
  await again.close()
  assert.equal(concerns.length, 1)
  const restored = await lakeIn(target)
  const rows = await restored.rows('select person_id from upstander.contacts')
  await restored.close()
  assert.ok(rows.length > 0)
})
