import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander serve`: the staff app, until it is told to stop. */
export const addServeCommand = (parent: Command): void => {
  addVerb(parent, 'serve', 'Serve the staff app until it is told to stop.')
    .option('--port <number>', 'TCP port, 0 for any free one (default: UPSTANDER_PORT, or 3000)')
    .action(later(async () => (await import('./run-serve.ts')).runServe))
}
