import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, messageOf } from '../core/errors.ts'
import { emptyEdge, grow, rootOf, type Edge } from './edge.ts'
import type { LogKey } from './log-key.ts'
import { readEdge } from './read-edge.ts'
import { signNote, verifierKey } from './signed-note.ts'
import { makeFolders, syncFolders, writeDurably } from '../core/write-durably.ts'

/** The log in files: a Merkle tree as RFC 6962, in tiles, with a signed checkpoint (C2SP tlog-tiles). One writer. */
export type SealedLog = {
  readonly folder: string
  readonly key: LogKey
  /** Number of entries that are on the disk, under a signed checkpoint. */
  readonly size: () => number
  /** Signed note with the number of entries and the hash of the tree. */
  readonly checkpoint: () => string
  /** The right edge of the tree. */
  readonly edge: () => Edge
  /**
   * Adds entries (at most 65,535 bytes each); settled once they are on the disk under a new checkpoint. Not to be called
   * again before it settled.
   * @throws AppError LOG_FAILED when the disk did not take them; the log is then as it was
   */
  readonly append: (entries: readonly Uint8Array[]) => Promise<void>
}

/** Milliseconds between checkpoints that are kept for good. Judgement: an hour tells a reader when, and a year is 9,000 small files. */
const keepEvery = 3_600_000

/**
 * Opens the log in a folder, or begins one there.
 * @throws AppError LOG_CHANGED when its files are not what this key signed
 */
export const openSealedLog = (folder: string, key: LogKey): SealedLog => {
  let edge = readSigned(folder, key)
  let checkpoint = checkpointOf(edge, key)
  let keptAt = Number.NEGATIVE_INFINITY

  const append = async (entries: readonly Uint8Array[]): Promise<void> => {
    if (entries.length === 0) return
    const { edge: next, files, replaced } = grow(edge, entries)
    const signed = checkpointOf(next, key)
    const keep = performance.now() - keptAt >= keepEvery
    try {
      await writeAll(
        new Map<string, Uint8Array | string>([
          ...[...files].map(([path, bytes]) => [join(folder, path), bytes] as const),
          ...(edge.size === 0 ? [[join(folder, 'key.txt'), `${verifierKey(key)}\n`] as const] : []),
        ]),
      )
      // Last, and alone: until the checkpoint stands, nothing above counts.
      await writeAll(new Map([[join(folder, 'checkpoint'), signed]]))
      if (keep) await writeAll(new Map([[join(folder, keptPath(next.size)), signed]]))
    } catch (cause) {
      throw new AppError(
        'LOG_FAILED',
        `The log in ${folder} cannot be written: ${messageOf(cause)}. Nothing is shown or changed until it can. Check the free space and the disk.`,
        { cause },
      )
    }
    if (keep) keptAt = performance.now()
    edge = next
    checkpoint = signed
    for (const path of replaced) await rm(join(folder, path), { recursive: true, force: true })
  }
  return { folder, key, size: () => edge.size, checkpoint: () => checkpoint, edge: () => edge, append }
}

/** Where a checkpoint that is kept for good stands. */
export const keptPath = (size: number): string => `kept/${String(size).padStart(12, '0')}.note`

const writeAll = async (files: ReadonlyMap<string, Uint8Array | string>): Promise<void> => {
  const folders = await makeFolders([...files.keys()])
  await Promise.all([...files].map(([file, bytes]) => writeDurably(file, bytes)))
  await syncFolders(folders)
}

/** The signed checkpoint of a tree. */
export const checkpointOf = (edge: Edge, key: LogKey): string =>
  signNote(key, `${key.name}\n${edge.size}\n${Buffer.from(rootOf(edge)).toString('base64')}\n`)

const readSigned = (folder: string, key: LogKey): Edge => {
  const file = join(folder, 'checkpoint')
  if (!existsSync(file)) return emptyEdge
  try {
    const signed = readFileSync(file, 'utf8')
    const size = Number(signed.split('\n')[1])
    if (!Number.isSafeInteger(size) || size < 0) throw new Error('its checkpoint cannot be read')
    const edge = readEdge(folder, size)
    // Ed25519 always gives the same signature, so that signing anew is checking.
    if (checkpointOf(edge, key) !== signed)
      throw new Error('its checkpoint and its entries do not match this key')
    return edge
  } catch (cause) {
    throw new AppError(
      'LOG_CHANGED',
      `The log in ${folder} is not as it was written: ${messageOf(cause)}. ` +
        `Run "upstander audit verify --files ${dirname(folder)}" to see where, and put it back from a backup.`,
      { cause },
    )
  }
}
