import { createPrivateKey, createPublicKey, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../core/errors.ts'
import type { NoteKey } from './signed-note.ts'

/** The keys of one log. They stand outside the casework store, so that its password alone changes nothing unseen. */
export type LogKey = NoteKey & {
  /** What marks the rows of the casework store as written by us. */
  readonly rowKey: Uint8Array
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in DER. */
const derHead = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The log's key from its file (64 hex digits, readable by the service alone). A new one is made only where there is no log
 * yet: with another key an old log could not be continued. A change of key that was cut off is finished or forgotten.
 * @param checkpoint the log's newest checkpoint; undefined where there is no log yet
 * @throws AppError LOG_FAILED when the key is missing beside a log, or damaged
 */
export const readLogKey = (file: string, checkpoint: string | undefined): LogKey => {
  const next = nextKeyFile(file)
  if (existsSync(next)) {
    if (checkpoint?.startsWith(`${readKeyFile(next).name}\n`) === true) renameSync(next, file)
    else rmSync(next)
  }
  if (!existsSync(file)) {
    if (checkpoint !== undefined)
      throw new AppError(
        'LOG_FAILED',
        `The key of the log, ${file}, is missing. Put it back from where it is kept: the log cannot be continued without it.`,
      )
    writeNewKey(file)
  }
  return readKeyFile(file)
}

/** Where the next key waits until the checkpoint is signed with it. */
export const nextKeyFile = (file: string): string => `${file}.next`

/** Makes a key in a file that is not there yet. */
export const writeNewKey = (file: string): LogKey => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true })
  return readKeyFile(file)
}

const readKeyFile = (file: string): LogKey => {
  const seed = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (seed.length !== 32)
    throw new AppError(
      'LOG_FAILED',
      `The key of the log, ${file}, is damaged. Put it back from where it is kept.`,
    )
  return keyFrom(seed)
}

/** All that a log signs and marks with, from the 32 bytes that are kept. */
export const keyFrom = (seed: Uint8Array, name?: string): LogKey => {
  const privateKey = createPrivateKey({ key: Buffer.concat([derHead, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  const rowKey = new Uint8Array(hkdfSync('sha256', seed, '', 'upstander: rows of the log', 32))
  return { name: name ?? `upstander/log/${publicKey.toString('hex', 0, 6)}`, privateKey, publicKey, rowKey }
}
