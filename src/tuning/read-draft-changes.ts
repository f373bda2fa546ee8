import type { Indicator } from '../detection/indicators.ts'
import { fits, type ParameterValue, type TuningChanges } from '../detection/tunings.ts'
import { capital } from '../core/capital.ts'
import { settingWords } from '../detection/setting-words.ts'

/** A draft as somebody typed it: every field as text. */
export type TypedDraft = {
  readonly parameters: Readonly<Record<string, string>>
  readonly weight: string
  readonly status: string
}

/** A sentence for each field that must be mended, by `weight`, `status` or the name of the parameter. */
export type DraftFaults = Readonly<Record<string, string>>

/** Least and most that points may be multiplied by. Beyond them the likelihood ratio behind the points is another one: change the content. */
export const weightBounds = { least: 0.25, most: 2 } as const

/** Reads what was typed against the indicator as the content has it; what is as the content has it is left out of the changes. */
export const readDraftChanges = (
  indicator: Indicator,
  typed: TypedDraft,
): { readonly changes: TuningChanges } | { readonly faults: DraftFaults } => {
  const faults: Record<string, string> = {}
  const parameters: Record<string, ParameterValue> = {}
  for (const [name, parameter] of Object.entries(indicator.parameters)) {
    const text = (typed.parameters[name] ?? '').trim()
    const value = valueOf(parameter.type, text)
    const fault = faultOf(parameter, value)
    if (fault !== undefined) faults[name] = `${words(name)} ${fault}`
    else if (JSON.stringify(value) !== JSON.stringify(parameter.value)) parameters[name] = value
  }
  const weight = Number(typed.weight.trim().replace(',', '.') || Number.NaN)
  if (!(weight >= weightBounds.least && weight <= weightBounds.most))
    faults['weight'] = `Weight must be a number from ${weightBounds.least} to ${weightBounds.most}`
  if (typed.status !== 'live' && typed.status !== 'shadow')
    faults['status'] = 'Select whether it counts or runs in shadow'
  if (Object.keys(faults).length > 0) return { faults }
  const status = typed.status === indicator.status ? undefined : (typed.status as 'live' | 'shadow')
  return { changes: { parameters, weight, status } }
}

type Parameter = Indicator['parameters'][string]

const valueOf = (type: Parameter['type'], text: string): ParameterValue => {
  if (type === 'String') return text
  if (type === 'Array(String)')
    return text
      .split(/[\n,]/)
      .map(each => each.trim())
      .filter(each => each !== '')
  return text === '' ? Number.NaN : Number(text.replace(',', '.'))
}

const faultOf = (parameter: Parameter, value: ParameterValue): string | undefined => {
  if (fits(parameter.type, value)) {
    const positive = typeof parameter.value === 'number' && parameter.value > 0
    return positive && Number(value) <= 0 ? 'must be more than 0' : undefined
  }
  if (parameter.type === 'String') return 'must not be empty'
  if (parameter.type === 'Array(String)') return 'must have at least one entry'
  return parameter.type === 'Float64' ? 'must be a number' : 'must be a whole number'
}

/** A parameter's name in words: "Min contacts". */
export const words = (name: string): string => capital(settingWords(name))
