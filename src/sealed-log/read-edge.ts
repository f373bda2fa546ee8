import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tilePath, tileWidth } from './tile-path.ts'
import type { Edge } from './edge.ts'

/**
 * The right edge of a tree of `size` entries, from its files.
 * @throws Error where a file is missing or too short
 */
export const readEdge = (folder: string, size: number): Edge => {
  const levels: Uint8Array[][] = []
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const width = Math.floor(size / tileWidth ** level) % tileWidth
    const index = Math.floor(size / tileWidth ** (level + 1))
    levels.push(width === 0 ? [] : hashesOf(readTile(folder, level, index, width), width))
  }
  const width = size % tileWidth
  const bundle =
    width === 0 ? Buffer.alloc(0) : readTile(folder, 'entries', Math.floor(size / tileWidth), width)
  return { size, levels, entries: entriesOf(bundle, width) }
}

/** A partial tile, or the full one that replaced it. */
const readTile = (folder: string, level: number | 'entries', index: number, width: number): Buffer => {
  const partial = join(folder, tilePath(level, index, width))
  return readFileSync(existsSync(partial) ? partial : join(folder, tilePath(level, index, tileWidth)))
}

const hashesOf = (bytes: Buffer, width: number): Uint8Array[] =>
  Array.from({ length: width }, (_, at) => {
    const hash = bytes.subarray(at * 32, at * 32 + 32)
    if (hash.length !== 32) throw new Error(`a tile of ${width} hashes holds only ${at}`)
    return hash
  })

const entriesOf = (bytes: Buffer, width: number): Uint8Array[] => {
  const entries: Uint8Array[] = []
  for (let at = 0; entries.length < width; at += 2 + bytes.readUInt16BE(at))
    entries.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)))
  return entries
}

/** Entries after the first `from`, of a log with `size` entries. */
export const readSealedEntries = (folder: string, from: number, size: number): Uint8Array[] => {
  const found: Uint8Array[] = []
  for (let index = Math.floor(from / tileWidth); index * tileWidth < size; index += 1) {
    const width = Math.min(tileWidth, size - index * tileWidth)
    const entries = entriesOf(readTile(folder, 'entries', index, width), width)
    found.push(...entries.slice(Math.max(0, from - index * tileWidth)))
  }
  return found
}
