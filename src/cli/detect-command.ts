import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander detect`: facts for what changed, every indicator, the score of every pair, and the concerns they raise. */
export const addDetectCommand = (parent: Command): void => {
  addVerb(parent, 'detect', 'Build facts, run every indicator, score every pair and raise concerns.', {
    json: true,
  })
    .option('--full', 'build every fact again, also where nothing changed')
    .action(later(async () => (await import('./run-detect.ts')).runDetect))
}
