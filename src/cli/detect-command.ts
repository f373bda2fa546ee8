import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { detect } from '../detection/detect.ts'
import { recoverAndPrepare } from './prepare-lake.ts'
import { addVerb, withLake } from './with-data.ts'

/** `upstander detect`: facts for what changed, every indicator, and the score of every pair. */
export const addDetectCommand = (parent: Command): void => {
  addVerb(parent, 'detect', 'Build facts from the records, run every indicator and score every pair.', {
    json: true,
  })
    .option('--full', 'build every fact again, also where nothing changed')
    .action(async (options: { full?: boolean; json?: boolean }, command: Command) => {
      const result = await withLake(command, async lake => {
        await recoverAndPrepare(lake)
        const progress = options.json === true ? silentProgress : terminalProgress
        return detect({ lake, clock: systemClock, progress }, { full: options.full === true })
      })
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(result)}\n`)
        return
      }
      process.stdout.write(
        `Detected up to ${result.lastDay === '' ? 'no day: there are no records' : result.lastDay} in ${result.seconds.toFixed(1)} s ` +
          `(facts built again: ${result.rebuilt}).\n${result.findings} findings, ${result.pairs} pairs scored.\n` +
          Object.entries(result.explained)
            .map(
              ([fact, share]) =>
                `  explained by a record, ${fact.replace('_', '-')}: ${(share * 100).toFixed(1)} %\n`,
            )
            .join(''),
      )
    })
}
