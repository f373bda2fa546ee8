import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tilePath, tileWidth } from './tile-path.ts'
import { hashOver, hashPair, largestPowerBelow } from './tree-hash.ts'

/** The hash at a place of a row of tiles: level 0 are the entries, each further level one hash for 256 of the one below. */
export type ReadHash = (level: number, place: number) => Uint8Array

/** Reads hashes from the tiles of a log with `size` entries; each tile once. */
export const hashReader = (folder: string, size: number): ReadHash => {
  const tiles = new Map<string, Buffer>()
  const tile = (level: number, index: number): Buffer => {
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth)
    const wanted = join(folder, tilePath(level, index, width))
    const found =
      tiles.get(wanted) ??
      readFileSync(existsSync(wanted) ? wanted : join(folder, tilePath(level, index, tileWidth)))
    tiles.set(wanted, found)
    return found
  }
  return (level, place) =>
    tile(level, Math.floor(place / tileWidth)).subarray(
      (place % tileWidth) * 32,
      (place % tileWidth) * 32 + 32,
    )
}

/** The hashes that lead from one entry to the hash of a tree of `size` (RFC 6962 §2.1.1), the entry's neighbour first. */
export const inclusionPath = (read: ReadHash, index: number, size: number): Uint8Array[] =>
  pathWithin(read, index, { from: 0, to: size })

/** The hashes that show a tree of `size` to begin with the tree of `earlier` entries (RFC 6962 §2.1.2). None for an earlier tree without entries. */
export const consistencyPath = (read: ReadHash, earlier: number, size: number): Uint8Array[] =>
  earlier === 0 || earlier === size ? [] : partWithin(read, earlier, { from: 0, to: size }, true)

/** Entries from one place up to, and without, another. */
type Range = { readonly from: number; readonly to: number }

const pathWithin = (read: ReadHash, index: number, { from, to }: Range): Uint8Array[] => {
  if (to - from === 1) return []
  const middle = from + largestPowerBelow(to - from)
  return index < middle
    ? [...pathWithin(read, index, { from, to: middle }), rangeHash(read, { from: middle, to })]
    : [...pathWithin(read, index, { from: middle, to }), rangeHash(read, { from, to: middle })]
}

const partWithin = (read: ReadHash, end: number, { from, to }: Range, known: boolean): Uint8Array[] => {
  if (end === to) return known ? [] : [rangeHash(read, { from, to })]
  const middle = from + largestPowerBelow(to - from)
  return end <= middle
    ? [...partWithin(read, end, { from, to: middle }, known), rangeHash(read, { from: middle, to })]
    : [...partWithin(read, end, { from: middle, to }, false), rangeHash(read, { from, to: middle })]
}

/** Hash of the tree over a range of entries that RFC 6962 divides off: its start is a multiple of what it would fill. */
const rangeHash = (read: ReadHash, { from, to }: Range): Uint8Array => {
  const count = to - from
  const height = Math.log2(count)
  if (!Number.isInteger(height)) {
    const middle = from + largestPowerBelow(count)
    return hashPair(rangeHash(read, { from, to: middle }), rangeHash(read, { from: middle, to }))
  }
  const level = Math.floor(height / 8)
  const unit = tileWidth ** level
  return hashOver(Array.from({ length: count / unit }, (_, at) => read(level, from / unit + at)))
}
