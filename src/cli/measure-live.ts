import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { DetectionRules } from '../detection/detect.ts'
import type { Draws } from '../evaluation/bootstrap.ts'
import { evaluate } from '../evaluation/evaluate.ts'
import { keepEvaluation } from '../evaluation/evaluation-store.ts'
import type { Evaluation } from '../evaluation/figure.ts'
import { readSetting, type EvaluateDeps, type Setting } from '../evaluation/setting.ts'
import type { Truth } from '../evaluation/truth.ts'
import { readAllRules } from '../jobs/detect-and-raise.ts'

/**
 * Measures detection with what this unit has live: its published changes, its exceptions and the feeds that may be read. The
 * findings it leaves in the lake are those of the nightly run.
 */
export const measureLive = async (
  deps: Omit<EvaluateDeps, 'rules'> & { readonly store: Pick<CaseworkStore, 'db'> },
  truth: Truth,
  about: { readonly name: string; readonly draws?: Draws },
): Promise<{
  readonly evaluation: Evaluation
  readonly setting: Setting
  readonly rules: DetectionRules
}> => {
  const rules = await readAllRules(deps)
  const setting = await readSetting({ ...deps, rules }, truth)
  const evaluation = evaluate(setting, { ...about, on: deps.clock.now(), rules })
  await keepEvaluation(deps.lake, evaluation)
  return { evaluation, setting, rules }
}
