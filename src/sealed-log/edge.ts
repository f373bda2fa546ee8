import { hashLeaf, hashOver, hashPair } from './tree-hash.ts'
import { tilePath, tileWidth } from './tile-path.ts'

/** The right edge of the tree: all that is needed to add to it. Never changed: adding makes another. */
export type Edge = {
  /** Number of entries. */
  readonly size: number
  /** The tiles that are not full yet, lowest level first. */
  readonly levels: readonly (readonly Uint8Array[])[]
  /** The entries of the bundle that is not full yet. */
  readonly entries: readonly Uint8Array[]
}

export const emptyEdge: Edge = { size: 0, levels: [], entries: [] }

/** What adding entries comes to: the new edge, the files that hold it, and the partial files that full ones replace. */
export type Growth = {
  readonly edge: Edge
  /** Content by path under the log's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly replaced: readonly string[]
}

/** Adds entries to the tree, without touching the disk. */
export const grow = (edge: Edge, entries: readonly Uint8Array[]): Growth => {
  const files = new Map<string, Uint8Array>()
  const replaced: string[] = []
  const levels = edge.levels.map(level => [...level])
  let bundle = [...edge.entries]
  let size = edge.size
  const changed = new Set<number>()
  const full = (level: number | 'entries', index: number, bytes: Uint8Array): void => {
    files.set(tilePath(level, index, tileWidth), bytes)
    replaced.push(`${tilePath(level, index, tileWidth)}.p`)
  }
  const add = (level: number, hash: Uint8Array): void => {
    const tile = (levels[level] ??= [])
    tile.push(hash)
    changed.add(level)
    if (tile.length < tileWidth) return
    full(level, Math.ceil(size / tileWidth ** (level + 1)) - 1, Buffer.concat(tile))
    levels[level] = []
    add(level + 1, hashOver(tile))
  }
  for (const entry of entries) {
    size += 1
    bundle.push(entry)
    if (bundle.length === tileWidth) {
      full('entries', size / tileWidth - 1, bundleBytes(bundle))
      bundle = []
    }
    add(0, hashLeaf(entry))
  }
  for (const level of changed) {
    const tile = levels[level] ?? []
    if (tile.length > 0)
      files.set(
        tilePath(level, Math.floor(size / tileWidth ** (level + 1)), tile.length),
        Buffer.concat(tile),
      )
  }
  if (bundle.length > 0)
    files.set(tilePath('entries', Math.floor(size / tileWidth), bundle.length), bundleBytes(bundle))
  return { edge: { size, levels, entries: bundle }, files, replaced }
}

/** Entries one after another, each with its length before it in two bytes (C2SP tlog-tiles). */
const bundleBytes = (entries: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    entries.flatMap(entry => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )

/** Hash of the whole tree (RFC 6962 §2.1). */
export const rootOf = ({ levels }: Edge): Uint8Array => {
  const peaks = levels.toReversed().flatMap(peaksOf)
  const last = peaks.pop()
  if (last === undefined) return hashOver([])
  return peaks.reduceRight((right, left) => hashPair(left, right), last)
}

/** The complete subtrees that a row of hashes falls into, largest first. */
const peaksOf = (hashes: readonly Uint8Array[]): Uint8Array[] => {
  const peaks: Uint8Array[] = []
  let at = 0
  for (let power = tileWidth; power >= 1; power /= 2) {
    if (at + power > hashes.length) continue
    peaks.push(hashOver(hashes.slice(at, at + power)))
    at += power
  }
  return peaks
}
