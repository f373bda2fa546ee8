import type { Command } from 'commander'
import { later } from './add-verb.ts'

/** `upstander witness`: cosigns the log of a force, run by another organisation. Needs no database and none of the force's data. */
export const addWitnessCommand = (parent: Command): void => {
  parent
    .command('witness')
    .description(
      'Cosign the log of another organisation, so that it cannot be cut back or written anew unseen.',
    )
    .requiredOption('--name <name>', 'the witness’s name, such as witness.example/w1')
    .requiredOption('--log <lines...>', 'public keys of the logs to cosign, as their key.txt has them')
    .option('--dir <dir>', 'folder for the witness’s key and what it has seen', 'witness')
    .option('--host <address>', 'network address to listen on', '127.0.0.1')
    .option('--port <number>', 'TCP port, 0 for any free one', '3100')
    .action(later(async () => (await import('./run-witness.ts')).runWitness))
}
