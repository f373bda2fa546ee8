import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander check-data`: holds the product against public data sets whose answers are known. */
export const addCheckDataCommand = (parent: Command): void => {
  addVerb(parent, 'check-data', 'Hold the product against public data sets with known answers.', {
    json: true,
  })
    .option('--data-sets <dir>', `folder of the data sets (default: shared/data beside the project)`)
    .action(later(async () => (await import('./run-check-data.ts')).runCheckData))
}
