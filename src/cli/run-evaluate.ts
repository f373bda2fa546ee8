import { writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { withSections } from '../evaluation/evaluate.ts'
import { keepEvaluation } from '../evaluation/evaluation-store.ts'
import type { Evaluation } from '../evaluation/figure.ts'
import { evaluationText } from '../evaluation/figure-text.ts'
import { readTruth } from '../evaluation/read-truth.ts'
import { variationGroups, type Wanted } from '../evaluation/variation-groups.ts'
import { vary } from '../evaluation/vary.ts'
import { tellWho } from '../evaluation/who.ts'
import { measureLive } from './measure-live.ts'
import { withLake } from './with-data.ts'
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

/** Does what `upstander evaluate` asks for. */
export const runEvaluate = async (options: Options, command: Command): Promise<void> => {
  const { evaluation, who } = await measure(options, command)
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(evaluation, null, 1)}\n`)
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(evaluation)}\n`
      : [evaluationText(evaluation), ...(who === undefined ? [] : [who])].join('\n'),
  )
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
