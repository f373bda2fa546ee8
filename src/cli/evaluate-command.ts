import { InvalidArgumentError, type Command } from 'commander'
import { usualDraws } from '../evaluation/bootstrap.ts'
import { addVerb, later } from './add-verb.ts'

/** `upstander evaluate`: how well detection finds what is known to be there, and whom it troubles for nothing. */
export const addEvaluateCommand = (parent: Command): void => {
  addVerb(
    parent,
    'evaluate',
    'Measure detection, as this unit has it live, against a force whose offenders are known: what is found, how soon, and who is reviewed for nothing.',
    { json: true },
  )
    .requiredOption('--truth <dir>', 'folder that says who offends: see docs/reference/truth.md')
    .option('--name <words>', 'what to call the force; the name of its folder when absent')
    .option(
      '--ablation',
      'also without each kind of record; every one is a full rebuild, on a copy of the lake',
    )
    .option('--loss', 'also with a tenth and three tenths of four feeds lost')
    .option('--evasion', 'also with every offender evading, in four ways')
    .option('--who', 'also list by key who was found, missed and reviewed for nothing: for made-up forces')
    .option('--draws <n>', 'forces drawn for the intervals', wholeNumber, usualDraws.times)
    .option('--seed <n>', 'seed of the draws', wholeNumber, usualDraws.seed)
    .option('--out <file>', 'JSON file to write the figures to')
    .action(later(async () => (await import('./run-evaluate.ts')).runEvaluate))
}

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Give a whole number of at least 1.')
  return value
}
