import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolders, syncFolders, writeDurably } from '../core/write-durably.ts'
import type { Edge } from './edge.ts'
import { nextKeyFile, writeNewKey, type LogKey } from './log-key.ts'
import { checkpointOf } from './sealed-log.ts'
import { verifierKey } from './signed-note.ts'

/**
 * Signs the newest checkpoint of a log with a new key, which takes the old one's place. The old public key stays in key.txt,
 * below the new one, for what was signed with it. Whenever this is cut off, `readLogKey` finds one key or the other.
 */
export const changeKey = async (folder: string, edge: Edge, keyFile: string): Promise<LogKey> => {
  const next = writeNewKey(nextKeyFile(keyFile))
  const lines = join(folder, 'key.txt')
  const before = existsSync(lines) ? readFileSync(lines, 'utf8') : ''
  const folders = await makeFolders([lines, keyFile])
  await writeDurably(lines, `${verifierKey(next)}\n${before}`)
  await writeDurably(join(folder, 'checkpoint'), checkpointOf(edge, next))
  await syncFolders(folders)
  renameSync(nextKeyFile(keyFile), keyFile)
  await syncFolders(folders)
  return next
}

/** Names of the logs that this one goes on from: those of its earlier keys. */
export const earlierNames = (folder: string): string[] => {
  const file = join(folder, 'key.txt')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap(line => (line === '' ? [] : [line.split('+')[0] ?? '']))
}
