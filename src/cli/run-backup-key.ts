import { writeFileSync } from 'node:fs'
import { makeBackupKey } from '../backup/backup-cipher.ts'
import { AppError, messageOf } from '../core/errors.ts'

/** Does what `upstander backup-key` asks for. */
export const runBackupKey = async (file: string): Promise<void> => {
  const { text, recipient } = await makeBackupKey()
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    throw new AppError('USAGE', `The key could not be written to ${file}: ${messageOf(cause)}.`, {
      cause,
    })
  }
  process.stdout.write(
    `${recipient}\n\nMake backups with: upstander backup FILE --for ${recipient}\n` +
      `The key that opens them is in ${file}. Move it off this machine: without it no backup can be restored, and with it whoever has a backup reads everything.\n`,
  )
}
