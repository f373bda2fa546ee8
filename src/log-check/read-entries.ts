import { hashRow, type HashRow } from './hash-row.ts'
import type { LogFault } from './log-fault.ts'
import { entriesIn, readTileFile, type TileFile } from './tile-files.ts'
import { leafHash } from './tree.ts'

/** What the bundles of a log hold, hashed anew. */
export type EntriesRead = {
  /** Hash of each entry, in order, as far as they could be read. */
  readonly hashes: HashRow
  readonly faults: readonly LogFault[]
  /** First entry that does not carry its own number; undefined when all do. */
  readonly misplaced: LogFault | undefined
}

/** The widest file of each tile, by level and index. */
export const widestFiles = (tiles: readonly TileFile[]): ReadonlyMap<string, TileFile> => {
  const widest = new Map<string, TileFile>()
  for (const tile of tiles) {
    const name = `${tile.level}/${tile.index}`
    if (tile.width > (widest.get(name)?.width ?? 0)) widest.set(name, tile)
  }
  return widest
}

/** Reads and hashes every entry up to `size`. Stops at the first that is not there: after it nothing stands in its place. */
export const readEntries = (
  folder: string,
  widest: ReadonlyMap<string, TileFile>,
  size: number,
): EntriesRead => {
  const hashes = hashRow()
  let misplaced: LogFault | undefined
  for (let index = 0; index * 256 < size; index += 1) {
    const file = widest.get(`entries/${index}`)
    const { entries, whole } = file === undefined ? nothing : entriesIn(readTileFile(folder, file))
    const wanted = Math.min(256, size - index * 256)
    for (const entry of entries.slice(0, wanted)) {
      hashes.add(leafHash(entry))
      misplaced ??= faultOfNumber(entry, hashes.length)
    }
    const cut = entries.length < wanted
    if (cut || !whole || entries.length !== file?.width) {
      const at = index * 256 + Math.min(entries.length, wanted) + (cut ? 1 : 0)
      const says = cut
        ? `Entry ${at} is missing or cut off in ${file?.path ?? 'the files'}.`
        : `Something was added behind entry ${at} in ${file?.path ?? ''}.`
      return { hashes, faults: [{ entry: at, says }], misplaced }
    }
  }
  return { hashes, faults: [], misplaced }
}

const nothing = { entries: [], whole: true }

const faultOfNumber = (entry: Buffer, expected: number): LogFault | undefined => {
  const seq = numberOf(entry)
  if (seq === expected) return undefined
  const says =
    seq === undefined
      ? `Entry ${expected} was changed: it carries no number any more.`
      : `In the place of entry ${expected} stands one that was written as ${seq}.`
  return { entry: expected, says }
}

/** The number that an entry says it has. */
const numberOf = (entry: Buffer): number | undefined => {
  const found = /"seq":([1-9]\d*)[,}]/.exec(entry.toString('utf8'))?.[1]
  return found === undefined ? undefined : Number(found)
}
