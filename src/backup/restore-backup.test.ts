import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { fixedClock } from '../core/clock.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { makeBackupKey } from './backup-cipher.ts'
import { makeBackup, newBackupId, type BackupRequest } from './make-backup.ts'
import { restoreBackup, type RestoreRequest } from './restore-backup.ts'

const home = mkdtempSync(join(tmpdir(), 'upstander-restore-'))
after(() => {
  rmSync(home, { recursive: true, force: true })
})

const clock = fixedClock('2026-06-08T09:00:00Z')
const secret = 'canary: Staff S1 rang person P1'
let room = ''

/** A data folder as small as one can be, and one to restore into. */
beforeEach(() => {
  room = mkdtempSync(join(home, 'room-'))
  mkdirSync(join(room, 'data/lake/store'), { recursive: true })
  writeFileSync(join(room, 'data/lake/store/part.bin'), secret.repeat(500))
  writeFileSync(join(room, 'data/keys'), 'key')
  writeFileSync(join(room, 'data/in-use.json'), '{}')
  symlinkSync('store/part.bin', join(room, 'data/lake/link'))
  mkdirSync(join(room, 'new'))
})

const backUp = (more: Partial<BackupRequest> = {}) =>
  makeBackup(
    { clock },
    {
      id: newBackupId(),
      dataDir: join(room, 'data'),
      databaseUrl: undefined,
      lakeOnServer: false,
      file: join(room, 'backup'),
      recipients: [],
      ...more,
    },
  )

const restore = (more: Partial<RestoreRequest> = {}) =>
  restoreBackup(
    { clock },
    {
      file: join(room, 'backup'),
      identity: undefined,
      dataDir: join(room, 'new'),
      databaseUrl: undefined,
      replace: false,
      bringUp: () => Promise.resolve(),
      ...more,
    },
  )

test('BAK-01: what is restored is what was backed up, without the lock, and for its owner alone', async () => {
  await backUp()
  await restore()
  assert.equal(readFileSync(join(room, 'new/lake/link'), 'utf8'), secret.repeat(500))
  assert.deepEqual(readdirSync(join(room, 'new')).sort(), ['keys', 'lake'])
  assert.equal(statSync(join(room, 'backup')).mode & 0o777, 0o600)
})

test('BAK-03: a backup is there whole or not at all, and never in the place of another', async () => {
  await assert.rejects(backUp({ dataDir: join(room, 'nowhere') }), { code: 'BACKUP_FAILED' })
  assert.deepEqual(readdirSync(room).sort(), ['data', 'new'])
  await backUp()
  await assert.rejects(backUp(), /never replaces one/)
})

test('BAK-01: a backup that was encrypted shows nothing, and opens with its key alone', async () => {
  const own = await makeBackupKey()
  const other = await makeBackupKey()
  writeFileSync(join(room, 'own.key'), own.text, { mode: 0o600 })
  writeFileSync(join(room, 'other.key'), other.text)
  await backUp({ recipients: [own.recipient] })
  assert.ok(!readFileSync(join(room, 'backup')).includes('canary'))
  await assert.rejects(restore(), /is encrypted.*--key FILE/)
  await assert.rejects(restore({ identity: join(room, 'other.key') }), { code: 'BACKUP_UNUSABLE' })
  assert.deepEqual(readdirSync(join(room, 'new')), [])
  await restore({ identity: join(room, 'own.key') })
  assert.equal(readFileSync(join(room, 'new/keys'), 'utf8'), 'key')
  await assert.rejects(backUp({ recipients: ['age1nobody'], file: join(room, 'more') }), /is no recipient/)
})

test('a folder that holds something is refused, or put aside whole when that is asked for', async () => {
  await backUp()
  mkdirSync(join(room, 'new/casework'))
  writeFileSync(join(room, 'new/casework/rows'), 'newer')
  await assert.rejects(restore(), /There is a force .* --replace/)
  assert.deepEqual(readdirSync(join(room, 'new')), ['casework'])
  const { aside } = await restore({ replace: true })
  assert.equal(readFileSync(join(aside ?? '', 'casework/rows'), 'utf8'), 'newer')
  assert.deepEqual(readdirSync(join(room, 'new')).sort(), ['.replaced-20260608T090000Z', 'keys', 'lake'])
  await backUp({ dataDir: join(room, 'new'), file: join(room, 'second') })
  mkdirSync(join(room, 'third'))
  await restore({ file: join(room, 'second'), dataDir: join(room, 'third') })
  assert.deepEqual(
    readdirSync(join(room, 'third')).sort(),
    ['keys', 'lake'],
    'what was put aside is in no backup',
  )
})

/** Flips single bits of a backup and tries to restore each. */
const flipBits = async (encrypted: boolean): Promise<void> => {
  const { text, recipient } = await makeBackupKey()
  const identity = encrypted ? join(room, 'own.key') : undefined
  if (identity !== undefined) writeFileSync(identity, text)
  await backUp({ recipients: encrypted ? [recipient] : [] })
  const whole = readFileSync(join(room, 'backup'))
  writeFileSync(join(room, 'new/kept'), 'as it was')
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length * 8 - 1), async bit => {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(join(room, 'backup'), bytes)
      const outcome = await restore({ identity, replace: true }).then(
        () => 'restored',
        (thrown: unknown) => (thrown as { code?: string }).code,
      )
      // A bit that carries nothing, such as padding, may be flipped: then everything is as it was backed up.
      if (outcome === 'restored') {
        assert.equal(readFileSync(join(room, 'new/lake/link'), 'utf8'), secret.repeat(500))
        rmSync(join(room, 'new'), { recursive: true })
        mkdirSync(join(room, 'new'))
        writeFileSync(join(room, 'new/kept'), 'as it was')
      } else assert.ok(outcome === 'BACKUP_UNUSABLE' || outcome === 'USAGE', `bit ${bit}: ${outcome}`)
      assert.deepEqual(readdirSync(join(room, 'new')), ['kept'])
    }),
    { numRuns: 25, seed: 7, endOnFailure: true },
  )
}

test('BAK-02: one flipped bit anywhere in a plain backup is found before anything is touched', () =>
  flipBits(false))

test('BAK-02: one flipped bit anywhere in an encrypted backup is found before anything is touched', () =>
  flipBits(true))

test('BAK-02: a backup that is cut short, holds a file more, or is none is refused', async () => {
  await backUp()
  const { size } = statSync(join(room, 'backup'))
  truncateSync(join(room, 'backup'), size - 20)
  await assert.rejects(restore(), { code: 'BACKUP_UNUSABLE' })
  writeFileSync(join(room, 'backup'), 'hello')
  await assert.rejects(restore(), { code: 'BACKUP_UNUSABLE' })
  rmSync(join(room, 'backup'))
  await assert.rejects(restore(), { code: 'USAGE' })
  await backUp()
  const packed = join(room, 'packed')
  mkdirSync(packed)
  const run = (command: string) =>
    spawnSync('bash', ['-c', command], { cwd: packed, encoding: 'utf8' }).status
  writeFileSync(join(room, 'unpack.mjs'), unpackScript)
  assert.equal(
    run(
      `'${process.execPath}' ../unpack.mjs open < ../backup | tar x && echo more > lake/more && tar c . | '${process.execPath}' ../unpack.mjs close > ../backup`,
    ),
    0,
  )
  await assert.rejects(restore(), /lake\/more was added to it/)
  assert.deepEqual(readdirSync(join(room, 'new')), [])
})

const unpackScript = `
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
const turn = process.argv[2] === 'open' ? createZstdDecompress() : createZstdCompress()
await pipeline(process.stdin, turn, process.stdout)
`

test('BAK-03: a restore that was killed half way is noticed by whatever opens the folder next, and can be done again', async () => {
  await backUp()
  writeFileSync(join(room, 'new/kept'), 'half of it')
  writeFileSync(join(room, 'new/restore-under-way.json'), '{}')
  assert.throws(
    () => takeDataFolder(join(room, 'new'), 'serve'),
    /being put back .* Run upstander restore again/,
  )
  takeDataFolder(join(room, 'new'), 'restore').release()
  await restore({ replace: true })
  assert.ok(!existsSync(join(room, 'new/restore-under-way.json')))
  takeDataFolder(join(room, 'new'), 'serve').release()
})
