import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander restore`: a backup in the place of a data folder. */
export const addRestoreCommand = (parent: Command): void => {
  addVerb(parent, 'restore', 'Put a backup into a data folder, and end every visit that it holds.')
    .argument('<file>', 'the backup')
    .option('--key <file>', 'file of the key that opens it')
    .option('--replace', 'put aside what is in the data folder')
    .option('--erasures <file>', 'a copy of the register of what was destroyed (default: UPSTANDER_ERASURES)')
    .action(later(async () => (await import('./run-restore.ts')).runRestore))
}
