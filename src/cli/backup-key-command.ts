import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { makeBackupKey } from '../backup/backup-cipher.ts'
import { AppError, messageOf } from '../core/errors.ts'
import { addVerb } from './with-data.ts'

/** `upstander backup-key`: the key that opens backups, to be kept elsewhere than they are. */
export const addBackupKeyCommand = (parent: Command): void => {
  addVerb(parent, 'backup-key', 'Make a key that opens backups, and print whom to encrypt them for.')
    .argument('<file>', 'the file to write the key to; there must be none')
    .action(async (file: string) => {
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
    })
}
