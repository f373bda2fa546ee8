import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashRow, type HashRow, type Hashes } from './hash-row.ts'
import type { LogFault } from './log-fault.ts'
import { readVerifier } from './note.ts'
import { readCheckpoints, type KeptCheckpoint } from './read-checkpoints.ts'
import { readEntries, widestFiles, type EntriesRead } from './read-entries.ts'
import { entriesIn, listTileFiles, readTileFile, type TileFile } from './tile-files.ts'
import { rootsAt, tileRows } from './tile-rows.ts'

/** What the files of a log were found to be. */
export type FilesCheck = {
  /** Empty when every byte is as it was written. */
  readonly faults: readonly LogFault[]
  readonly origin: string
  /** Number of entries under the checkpoint. */
  readonly size: number
  /** Hash of the tree, in base64. */
  readonly root: string
  /** Number of earlier checkpoints that the tree was compared with. */
  readonly checkpoints: number
  /** Hash of each entry, in order. */
  readonly hashes: Hashes
}

type Against = {
  /** The log's verifier key, from somewhere the log's keeper cannot reach; that of the folder when undefined. */
  readonly key?: string | undefined
  /** Checkpoints that were kept elsewhere, such as those of a witness or of last month's check. */
  readonly earlier?: readonly string[]
}

/** Hashes every entry of a log's folder again and compares it with its tiles and every checkpoint. Needs no database and no secret. */
export const checkFiles = (folder: string, { key, earlier = [] }: Against = {}): FilesCheck => {
  const own = existsSync(join(folder, 'key.txt')) ? readFileSync(join(folder, 'key.txt'), 'utf8') : ''
  const [first = '', ...before] = own.split('\n').filter(line => line !== '')
  const verifier = readVerifier(key ?? first)
  const earlierKeys = before.map(readVerifier)
  if (verifier === undefined || !earlierKeys.every(each => each !== undefined))
    return unread('The log’s public key, key.txt, cannot be read.')
  const { head, kept, faults } = readCheckpoints(folder, [verifier, ...earlierKeys], earlier)
  if (key !== undefined && first !== key.trim())
    faults.push({ entry: undefined, says: 'key.txt is not the key that was given.' })
  if (head === undefined) return { ...unread(''), faults, origin: verifier.name }
  const { tiles, others } = existsSync(join(folder, 'tile'))
    ? listTileFiles(folder)
    : { tiles: [], others: [] }
  const widest = widestFiles(tiles)
  const read = readEntries(folder, widest, head.size)
  const roots = rootsAt(read.hashes, new Set([head.size, ...kept.map(({ size }) => size)]))
  const whole = roots.get(head.size)?.equals(head.root) === true
  return {
    faults: [
      ...faults,
      ...(whole ? [] : [changedEntry(folder, { widest, read, head, kept, roots })]),
      ...keptFaults(head, kept, roots),
      ...(whole ? fileFaults(folder, tiles, widest, read, head.size) : []),
      ...others.map(path => ({ entry: undefined, says: `${path} is not a file of the log.` })),
    ],
    origin: verifier.name,
    size: head.size,
    root: head.root.toString('base64'),
    checkpoints: kept.length,
    hashes: read.hashes,
  }
}

const unread = (says: string): FilesCheck => ({
  faults: [{ entry: undefined, says }],
  origin: '',
  size: 0,
  root: '',
  checkpoints: 0,
  hashes: hashRow(),
})

type Roots = ReadonlyMap<number, Buffer>

/** Earlier checkpoints that the log no longer holds to. */
const keptFaults = (head: KeptCheckpoint, kept: readonly KeptCheckpoint[], roots: Roots): LogFault[] =>
  kept.flatMap<LogFault>(({ where, size, root }) => {
    if (size > head.size)
      return [
        {
          entry: head.size + 1,
          says: `Entries ${head.size + 1} to ${size} were removed from the end: ${where} has them.`,
        },
      ]
    if (roots.get(size)?.equals(root) === true) return []
    return [{ entry: undefined, says: `${where} is of ${size} entries that were not these.` }]
  })

type Changed = {
  readonly widest: ReadonlyMap<string, TileFile>
  readonly read: EntriesRead
  readonly head: KeptCheckpoint
  readonly kept: readonly KeptCheckpoint[]
  readonly roots: Roots
}

/** Names the entry where the tree stops being the one that was signed, as closely as what is left allows. */
const changedEntry = (folder: string, { widest, read, head, kept, roots }: Changed): LogFault => {
  const cut = read.faults[0]
  const tileOf = (level: number, index: number): Buffer => {
    const file = widest.get(`${level}/${index}`)
    return file === undefined ? Buffer.alloc(0) : readTileFile(folder, file)
  }
  for (const [level, row] of tileRows(read.hashes).entries()) {
    const at = firstUnlike(row, index => tileOf(level, index))
    if (at === undefined) continue
    const first = at * 256 ** level + 1
    if (level > 0)
      return { entry: first, says: `One of the entries ${first} to ${first + 256 ** level - 1} was changed.` }
    if (read.misplaced?.entry === first) return read.misplaced
    if (cut?.entry !== first) return { entry: first, says: `Entry ${first} was changed after it was sealed.` }
  }
  if (cut !== undefined) return cut
  const held = kept.filter(({ size, root }) => size <= head.size && roots.get(size)?.equals(root) === true)
  const first = Math.max(0, ...held.map(({ size }) => size)) + 1
  return {
    entry: first,
    says: `One of the entries ${first} to ${head.size} was changed, and the tiles with it.`,
  }
}

/** Place of the first hash of a row that its tiles do not have there; undefined when they have all. */
const firstUnlike = (row: HashRow, tileOf: (index: number) => Buffer): number | undefined => {
  for (let index = 0; index * 256 < row.length; index += 1) {
    const [own, tile] = [row.tile(index), tileOf(index)]
    if (tile.subarray(0, own.length).equals(own)) continue
    for (let at = 0; at < own.length; at += 32)
      if (!tile.subarray(at, at + 32).equals(own.subarray(at, at + 32))) return index * 256 + at / 32
  }
  return undefined
}

/** Files that are not what the entries come to: the entries are as they were signed, and these were damaged. */
const fileFaults = (
  folder: string,
  tiles: readonly TileFile[],
  widest: ReadonlyMap<string, TileFile>,
  read: EntriesRead,
  size: number,
): LogFault[] => {
  const rows = tileRows(read.hashes)
  const present = new Set(
    tiles.filter(tile => tile.level !== 'entries').map(tile => `${tile.level}/${tile.index}`),
  )
  const missing = rows.flatMap((row, level) =>
    Array.from({ length: Math.ceil(row.length / 256) }, (_, index) => `${level}/${index}`).filter(
      name => !present.has(name),
    ),
  )
  const damaged = tiles.filter(tile => !beyond(tile, size) && !isWhole(folder, tile, rows, widest))
  return [
    ...read.faults,
    ...missing.map(name => ({ entry: undefined, says: `The tile ${name} is missing.` })),
    ...damaged.map(({ path }) => ({
      entry: undefined,
      says: `${path} is not what the entries come to; the entries themselves are as they were signed.`,
    })),
  ]
}

/** Left by a write that was cut off before its checkpoint: it counts for nothing and is written anew. */
const beyond = ({ level, index, width }: TileFile, size: number): boolean =>
  (index * 256 + width) * 256 ** (level === 'entries' ? 0 : level) > size

const isWhole = (
  folder: string,
  tile: TileFile,
  rows: readonly HashRow[],
  widest: ReadonlyMap<string, TileFile>,
): boolean => {
  const best = widest.get(`entries/${tile.index}`)
  // The widest of a bundle was read when its entries were hashed.
  if (tile.level === 'entries' && best === tile) return true
  const bytes = readTileFile(folder, tile)
  if (tile.level !== 'entries')
    return bytes.equals(rows[tile.level]?.tile(tile.index, tile.width) ?? Buffer.alloc(0))
  return (
    entriesIn(bytes).entries.length === tile.width &&
    best !== undefined &&
    readTileFile(folder, best).subarray(0, bytes.length).equals(bytes)
  )
}
