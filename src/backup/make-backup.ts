import { randomBytes } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type { Clock } from '../core/clock.ts'
import { AppError, messageOf } from '../core/errors.ts'
import { encryptFor } from './backup-cipher.ts'
import { aboutFolder, dumpFile, manifestFile, type BackupManifest } from './backup-manifest.ts'
import { readFolder } from './folder-files.ts'
import { runProgram } from './run-program.ts'
import { dumpServer } from './server-dump.ts'

/** What is backed up, and where to. The data folder is taken and its stores are closed. */
export type BackupRequest = {
  /** As `newBackupId` makes it. */
  readonly id: string
  readonly dataDir: string
  /** The casework store's server as a role that may read every row; undefined where it lies in the folder. */
  readonly databaseUrl: string | undefined
  readonly lakeOnServer: boolean
  /** The file to write; there must be none. */
  readonly file: string
  /** Who can open it, as `age1…`; nobody when it is not to be encrypted. */
  readonly recipients: readonly string[]
}

/** A random name for a backup. */
export const newBackupId = (): string => randomBytes(6).toString('hex').toUpperCase()

export type MadeBackup = Pick<BackupManifest, 'id' | 'madeAt' | 'lake'> & { readonly bytes: number }

/**
 * Writes one file that holds the whole data folder, with the log and the keys, and the casework store where that is on a
 * server. The file gets its name when it is whole and on disk, and is readable by its owner alone.
 * @throws AppError BACKUP_FAILED, USAGE
 */
export const makeBackup = async (
  { clock }: { readonly clock: Clock },
  request: BackupRequest,
): Promise<MadeBackup> => {
  const { dataDir, databaseUrl, file } = request
  if (existsSync(file))
    throw new AppError('USAGE', `${file} is there already. Name another file: a backup never replaces one.`)
  const stage = mkdtempSync(join(tmpdir(), 'upstander-backup-'))
  const part = `${file}.part`
  try {
    mkdirSync(join(stage, aboutFolder))
    if (databaseUrl !== undefined) await dumpServer(databaseUrl, join(stage, dumpFile))
    const manifest: BackupManifest = {
      format: 1,
      id: request.id,
      madeAt: clock.now().toISOString(),
      casework: databaseUrl === undefined ? 'folder' : 'dump',
      lake: request.lakeOnServer ? 'elsewhere' : 'folder',
      files: await readFolder(dataDir),
    }
    writeFileSync(join(stage, manifestFile), JSON.stringify(manifest))
    await pack(stage, request, part)
    renameSync(part, file)
    sync(dirname(file))
    const { id, madeAt, lake } = manifest
    return { id, madeAt, lake, bytes: statSync(file).size }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'BACKUP_FAILED',
      `The backup could not be written to ${file}: ${messageOf(cause)}. Check the folder and the free space on its disk.`,
      { cause },
    )
  } finally {
    rmSync(stage, { recursive: true, force: true })
    rmSync(part, { force: true })
  }
}

const pack = async (stage: string, { dataDir, recipients }: BackupRequest, part: string): Promise<void> => {
  const passing = ['./in-use.json', './restore-under-way.json', './.restoring*', './.replaced-*']
  const from = ['--directory', stage, aboutFolder, '--directory', dataDir, '.']
  const tar = runProgram('tar', ['--create', ...passing.map(each => `--exclude=${each}`), ...from], 'tar')
  tar.child.stdin.end()
  const small = tar.child.stdout.pipe(createZstdCompress())
  const safe = recipients.length === 0 ? small : await encryptFor(small, recipients)
  await Promise.all([tar.ended, pipeline(safe, createWriteStream(part, { flags: 'wx', mode: 0o600 }))])
  sync(part)
}

/** Waits until a file, or the names in a folder, are on disk. */
const sync = (path: string): void => {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
