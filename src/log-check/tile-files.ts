import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file under `tile/`: which row of the tree (or the entries), which tile of it, and how many it holds. */
export type TileFile = {
  readonly path: string
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256. */
  readonly width: number
}

/** Every file under `tile/` of a log's folder: tiles as C2SP tlog-tiles names them, and whatever else lies there. */
export const listTileFiles = (folder: string): { readonly tiles: TileFile[]; readonly others: string[] } => {
  const tiles: TileFile[] = []
  const others: string[] = []
  for (const found of readdirSync(join(folder, 'tile'), { recursive: true, withFileTypes: true })) {
    // A write that was cut off leaves a file that never got its name: it counts for nothing.
    if (found.isDirectory() || found.name.endsWith('.new')) continue
    const path = join(found.parentPath, found.name).slice(folder.length + 1)
    const tile = tileOf(path)
    if (tile === undefined) others.push(path)
    else tiles.push(tile)
  }
  return { tiles, others }
}

const tileOf = (path: string): TileFile | undefined => {
  const [, level = '', index = '', width = '256'] =
    /^tile\/(\d|[1-5]\d|6[0-3]|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? []
  if (level === '' || Number(width) > 256) return undefined
  return {
    path,
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: Number(width),
  }
}

/** The entries of a bundle, each with where it begins; what is left over where a length does not fit. */
export const entriesIn = (bytes: Buffer): { readonly entries: Buffer[]; readonly whole: boolean } => {
  const entries: Buffer[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return { entries, whole: at === bytes.length }
}

export const readTileFile = (folder: string, { path }: TileFile): Buffer => readFileSync(join(folder, path))
