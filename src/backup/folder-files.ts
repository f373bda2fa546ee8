import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** One file of a folder: its path below the folder with what it holds, or where it points to. */
export type FolderFile = {
  readonly path: string
  /** SHA-256 of the content, hex; `link:` and the target for a symbolic link. */
  readonly holds: string
}

/** What stands at the top of a data folder and is no part of it: the lock, and what restoring leaves behind. */
export const isPassing = (name: string): boolean =>
  name === 'in-use.json' || name === 'restore-under-way.json' || /^\.(restoring|replaced-)/.test(name)

/** Every file of a folder in order of its path, each read once. What passes is left out. */
export const readFolder = async (folder: string): Promise<FolderFile[]> => {
  const files: FolderFile[] = []
  const walk = async (below: string): Promise<void> => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (below === '' && (isPassing(entry.name) || entry.name === '.backup')) continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      else if (entry.isSymbolicLink()) files.push({ path, holds: `link:${readlinkSync(join(folder, path))}` })
      else if (entry.isFile()) files.push({ path, holds: await sha256Of(join(folder, path)) })
    }
  }
  await walk('')
  return files
}

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
