import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander rejects`: which files and rows did not land, why, and an export of the rows to mend them from. */
export const addRejectsCommand = (parent: Command): void => {
  addVerb(
    parent,
    'rejects',
    'List the files that intake refused and the rows it rejected, with reasons; export the rows.',
    {
      json: true,
    },
  )
    .option('--feed <feed>', 'only this feed')
    .option('--out <file>', 'write them all to a CSV file')
    .action(later(async () => (await import('./run-rejects.ts')).runRejects))
}
