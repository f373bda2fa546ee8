import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from './errors.ts'

/** What the keys of the data folder are for: one never does another's work. */
export type KeyPurpose = 'mask' | 'session' | 'database' | 'erasure'

/**
 * The 32-byte key for a purpose from `keys/` of the data folder; made on first use, readable by the service alone.
 * @throws AppError CASEWORK_FAILED when the file was damaged
 */
export const readKey = (dataDir: string, purpose: KeyPurpose): Buffer => {
  const folder = join(dataDir, 'keys')
  const file = join(folder, `${purpose}.key`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32)
    throw new AppError(
      'CASEWORK_FAILED',
      `The key ${file} is damaged. Put it back from a backup, or delete it: a new ${purpose} key is then made.`,
    )
  return key
}
