import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander backup`: one file that holds everything, encrypted for whoever may open it. */
export const addBackupCommand = (parent: Command): void => {
  addVerb(
    parent,
    'backup',
    'Write the whole data folder, with both stores, the log and the keys, to one file.',
  )
    .argument('<file>', 'the file to write; there must be none')
    .option('--for <recipients...>', 'who can open it, as age1…: what "upstander backup-key" printed')
    .option('--unencrypted', 'write it so that whoever has the file can read everything')
    .option('--no-lake', 'where the lake is on a server: it is backed up there, and not in this file')
    .action(later(async () => (await import('./run-backup.ts')).runBackup))
}
