import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander backup-key`: the key that opens backups, to be kept elsewhere than they are. */
export const addBackupKeyCommand = (parent: Command): void => {
  addVerb(parent, 'backup-key', 'Make a key that opens backups, and print whom to encrypt them for.')
    .argument('<file>', 'the file to write the key to; there must be none')
    .action(later(async () => (await import('./run-backup-key.ts')).runBackupKey))
}
