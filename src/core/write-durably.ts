import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file so that it is whole or not there at all, also after a power cut: under another name, to the disk, then renamed.
 * The folder itself is written by `syncFolders`.
 * @throws what the file system throws, such as ENOSPC; nothing is left behind then
 */
export const writeDurably = async (file: string, bytes: Uint8Array | string): Promise<void> => {
  const beside = `${file}.new`
  try {
    const handle = await open(beside, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, file)
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw cause
  }
}

/** Makes the folders of files, readable by the service alone; gives back those whose names must reach the disk. */
export const makeFolders = async (files: readonly string[]): Promise<ReadonlySet<string>> => {
  const folders = new Set<string>()
  for (const folder of new Set(files.map(dirname))) {
    folders.add(folder)
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (first === undefined) continue
    for (let at = folder; at.length >= first.length; at = dirname(at)) folders.add(dirname(at))
  }
  return folders
}

/** Has the names in folders written to the disk. */
export const syncFolders = async (folders: ReadonlySet<string>): Promise<void> => {
  await Promise.all(
    [...folders].map(async folder => {
      const handle = await open(folder, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    }),
  )
}
