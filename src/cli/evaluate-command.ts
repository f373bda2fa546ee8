import { writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { usualDraws } from '../evaluation/bootstrap.ts'
import { withSections } from '../evaluation/evaluate.ts'
import { keepEvaluation } from '../evaluation/evaluation-store.ts'
import type { Evaluation } from '../evaluation/figure.ts'
import { evaluationText } from '../evaluation/figure-text.ts'
import { readTruth } from '../evaluation/read-truth.ts'
import { variationGroups, type Wanted } from '../evaluation/variation-groups.ts'
import { vary } from '../evaluation/vary.ts'
import { tellWho } from '../evaluation/who.ts'
import { measureLive } from './measure-live.ts'
import { addVerb, withLake } from './with-data.ts'
import { withLakeCopy } from './with-lake-copy.ts'
import { withStores } from './with-stores.ts'

type Options = Wanted & {
  readonly truth: string
  readonly name?: string
  readonly draws: number
  readonly seed: number
  readonly who?: boolean
  readonly out?: string
  readonly json?: boolean
}

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
    .action(async (options: Options, command: Command) => {
      const { evaluation, who } = await measure(options, command)
      if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(evaluation, null, 1)}\n`)
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(evaluation)}\n`
          : [evaluationText(evaluation), ...(who === undefined ? [] : [who])].join('\n'),
      )
    })
}

/** The evaluation, and then the variations that are asked for, on a copy of the lake as the evaluation left it. */
const measure = async (
  options: Options,
  command: Command,
): Promise<{ readonly evaluation: Evaluation; readonly who: string | undefined }> => {
  const progress = options.json === true ? silentProgress : terminalProgress
  const draws = { times: options.draws, seed: options.seed }
  const plain = await withStores(command, async stores => {
    const truth = await readTruth(stores.lake, options.truth)
    const about = { name: options.name ?? nameOf(options.truth), draws }
    const measured = await measureLive({ ...stores, clock: systemClock, progress }, truth, about)
    return {
      ...measured,
      who: options.who === true ? await tellWho(stores.lake, measured.setting) : undefined,
    }
  })
  if (options.ablation !== true && options.loss !== true && options.evasion !== true) return plain
  const sections = await withLakeCopy(command, async lake => {
    const truth = await readTruth(lake, options.truth)
    const groups = await variationGroups(lake, truth, options, options.seed)
    return vary({ lake, clock: systemClock, progress, rules: plain.rules }, truth, groups, draws)
  })
  const whole = withSections(plain.evaluation, sections)
  await withLake(command, lake => keepEvaluation(lake, whole))
  return { who: plain.who, evaluation: whole }
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
