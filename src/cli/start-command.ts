import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander start`: the whole main job on a fresh folder: simulate where there is no data, take in, detect, serve. */
export const addStartCommand = (parent: Command): void => {
  addVerb(
    parent,
    'start',
    'Prepare what is missing (a demonstration force where there is no data) and serve the staff app.',
  )
    .option('--port <number>', 'TCP port, 0 for any free one (default: UPSTANDER_PORT, or 3000)')
    .action(later(async () => (await import('./run-start.ts')).runStart))
}
