import {
  createReadStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  readdirSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import type { Clock } from '../core/clock.ts'
import { restoreMark } from '../core/data-folder.ts'
import { AppError, messageOf } from '../core/errors.ts'
import { decryptWith, isEncrypted } from './backup-cipher.ts'
import {
  aboutFolder,
  backupManifest,
  dumpFile,
  manifestFile,
  type BackupManifest,
} from './backup-manifest.ts'
import { isPassing, readFolder } from './folder-files.ts'
import { runProgram } from './run-program.ts'
import { restoreServer } from './server-dump.ts'

/** What is restored, and where. The data folder is taken and its stores are closed. */
export type RestoreRequest = {
  readonly file: string
  /** File with the key that opens it; undefined where it is not encrypted. */
  readonly identity: string | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** Whether what is there now may be put aside. */
  readonly replace: boolean
  /** Called with the unpacked and checked folder before it takes its place: what it must know of the time since. */
  readonly bringUp: (folder: string) => Promise<void>
}

export type RestoredBackup = Pick<BackupManifest, 'id' | 'madeAt' | 'lake'> & {
  /** Folder in which what was there before is kept; undefined where there was nothing. */
  readonly aside: string | undefined
}

/**
 * Puts a backup in the place of a data folder. Nothing there is touched before every file of the backup is unpacked and is
 * what the backup says it is. What was there is put aside, not deleted.
 * @throws AppError BACKUP_UNUSABLE, BACKUP_FAILED, USAGE
 */
export const restoreBackup = async (
  { clock }: { readonly clock: Clock },
  request: RestoreRequest,
): Promise<RestoredBackup> => {
  const { dataDir, databaseUrl, replace } = request
  const before = readdirSync(dataDir).filter(name => !isPassing(name))
  if (before.length > 0 && !replace)
    throw new AppError(
      'USAGE',
      `There is a force in ${dataDir} already. Name another folder with --data DIR, or add --replace: what is there is then put aside.`,
    )
  const fresh = join(dataDir, '.restoring')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  try {
    await unpack(request, fresh)
    const manifest = await checkWhole(fresh)
    checkFits(manifest, databaseUrl)
    await request.bringUp(fresh)
    const aside = before.length === 0 ? undefined : join(dataDir, `.replaced-${stampOf(clock)}`)
    writeFileSync(join(dataDir, restoreMark), JSON.stringify({ backup: manifest.id }), { mode: 0o600 })
    if (databaseUrl !== undefined) await restoreServer(databaseUrl, join(fresh, dumpFile))
    if (aside !== undefined) mkdirSync(aside, { mode: 0o700 })
    for (const name of before) renameSync(join(dataDir, name), join(aside ?? fresh, name))
    rmSync(join(fresh, aboutFolder), { recursive: true })
    for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(dataDir, name))
    rmSync(join(dataDir, restoreMark))
    const { id, madeAt, lake } = manifest
    return { id, madeAt, lake, aside }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

const unusable = (why: string, cause?: unknown): AppError =>
  new AppError('BACKUP_UNUSABLE', `This backup cannot be used: ${why}. Nothing was changed.`, { cause })

const unpack = async ({ file, identity }: RestoreRequest, folder: string): Promise<void> => {
  const packed = await open(file, identity)
  const tar = runProgram(
    'tar',
    ['--extract', '--directory', folder, '--no-same-owner', '--no-same-permissions'],
    'tar',
  )
  tar.child.stdout.resume()
  try {
    await pipeline(packed, createZstdDecompress(), tar.child.stdin).catch((cause: unknown) => {
      if (!isEarlyClose(cause)) throw cause
    })
    await tar.ended
  } catch (cause) {
    throw unusable(`it is damaged or cut short (${messageOf(cause)})`, cause)
  }
}

/** tar may be gone before Node hears that its input ended. Whether it had all of it, tar's own end and the check of every file tell. */
const isEarlyClose = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_STREAM_PREMATURE_CLOSE'

const open = async (file: string, identity: string | undefined): Promise<Readable> => {
  const start = await startOf(file)
  const bytes = createReadStream(file)
  if (!isEncrypted(start)) return bytes
  if (identity === undefined) {
    bytes.destroy()
    throw new AppError(
      'USAGE',
      'This backup is encrypted. Name the file of the key that opens it with --key FILE.',
    )
  }
  return await decryptWith(bytes, identity)
}

const startOf = async (file: string): Promise<Buffer> => {
  const parts: Buffer[] = []
  try {
    for await (const part of createReadStream(file, { end: 63 })) parts.push(part as Buffer)
  } catch (cause) {
    throw new AppError('USAGE', `${file} cannot be read: ${messageOf(cause)}.`, { cause })
  }
  return Buffer.concat(parts)
}

/** Reads what the backup says of itself, and holds every file to it: none missing, none changed, none added. */
const checkWhole = async (folder: string): Promise<BackupManifest> => {
  const manifest = readManifest(join(folder, manifestFile))
  const found = new Map((await readFolder(folder)).map(file => [file.path, file.holds]))
  for (const { path, holds } of manifest.files) {
    if (found.get(path) !== holds) throw unusable(`${path} is missing or was changed`)
    found.delete(path)
  }
  const [added] = found.keys()
  if (added !== undefined) throw unusable(`${added} was added to it`)
  return manifest
}

const readManifest = (file: string): BackupManifest => {
  try {
    return backupManifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw unusable('it does not say what is in it, or was made by a newer version', cause)
  }
}

const checkFits = ({ casework }: BackupManifest, databaseUrl: string | undefined): void => {
  if (casework === 'dump' && databaseUrl === undefined)
    throw unusable('its casework store was on a server: set DATABASE_URL to the server that shall have it')
  if (casework === 'folder' && databaseUrl !== undefined)
    throw unusable('its casework store lies in the data folder: unset DATABASE_URL')
}

/** `20260608T090000Z`. */
const stampOf = (clock: Clock): string =>
  clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')
