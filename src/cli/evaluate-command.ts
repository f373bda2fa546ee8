import { writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { usualDraws } from '../evaluation/bootstrap.ts'
import { evaluate } from '../evaluation/evaluate.ts'
import { keepEvaluation } from '../evaluation/evaluation-store.ts'
import { evaluationText } from '../evaluation/figure-text.ts'
import { readTruth } from '../evaluation/read-truth.ts'
import { recoverAndPrepare } from './prepare-lake.ts'
import { addVerb, withLake } from './with-data.ts'

type Options = {
  readonly truth: string
  readonly name?: string
  readonly draws: number
  readonly seed: number
  readonly out?: string
  readonly json?: boolean
}

/** `upstander evaluate`: how well detection finds what is known to be there, and whom it troubles for nothing. */
export const addEvaluateCommand = (parent: Command): void => {
  addVerb(
    parent,
    'evaluate',
    'Measure detection against a force whose offenders are known: what is found, how soon, and who is reviewed for nothing.',
    { json: true },
  )
    .requiredOption('--truth <dir>', 'folder that says who offends: see docs/reference/truth.md')
    .option('--name <words>', 'what to call the force; the name of its folder when absent')
    .option('--draws <n>', 'forces drawn for the intervals', wholeNumber, usualDraws.times)
    .option('--seed <n>', 'seed of the draws', wholeNumber, usualDraws.seed)
    .option('--out <file>', 'JSON file to write the figures to')
    .action(async (options: Options, command: Command) => {
      const progress = options.json === true ? silentProgress : terminalProgress
      const evaluation = await withLake(command, async lake => {
        await recoverAndPrepare(lake)
        const truth = await readTruth(lake, options.truth)
        const found = await evaluate({ lake, clock: systemClock, progress }, truth, {
          name: options.name ?? nameOf(options.truth),
          draws: { times: options.draws, seed: options.seed },
        })
        await keepEvaluation(lake, found)
        return found
      })
      if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(evaluation, null, 1)}\n`)
      process.stdout.write(
        options.json === true ? `${JSON.stringify(evaluation)}\n` : evaluationText(evaluation),
      )
    })
}

const nameOf = (truth: string): string => {
  const path = resolve(truth)
  return basename(path) === 'truth' ? basename(dirname(path)) : basename(path)
}

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Give a whole number of at least 1.')
  return value
}
