import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander intake FOLDER`: takes in a force's records. Ends with 5 when a file was refused; the others land all the same. */
export const addIntakeCommand = (parent: Command): void => {
  addVerb(
    parent,
    'intake',
    'Take in a Data Package, or a folder of files named for the feeds (CSV, CSV.gz, CSV.zst, Parquet).',
    { json: true },
  )
    .argument('<folder>', 'folder that holds the files')
    .addHelpText(
      'after',
      '\nA file lands whole or not at all; the same file twice changes nothing.\n' +
        'Exit codes: 0 all files landed (rejected rows included), 5 a file was refused or there was none to take in.',
    )
    .action(later(async () => (await import('./run-intake.ts')).runIntake))
}
