import { z } from 'zod'
import type { Indicator } from '../../../detection/indicators.ts'
import type { TuningChanges } from '../../../detection/tunings.ts'
import { weightBounds, words, type DraftFaults, type TypedDraft } from '../../../tuning/read-draft-changes.ts'

const text = z.string().max(20_000).catch('')
const versioned = z.object({
  version: z.coerce.number().int().positive().optional().catch(undefined),
  reason: text,
})

/** The name of a parameter's field. */
const fieldOf = (name: string): string => `parameter-${name.replaceAll('_', '-')}`

/** Reads a posted draft; a field sent twice, or as something other than text, reads as empty. */
export const readTuningForm = (
  indicator: Indicator,
  form: Readonly<Record<string, unknown>>,
): TypedDraft => ({
  parameters: Object.fromEntries(
    Object.keys(indicator.parameters).map(name => [name, text.parse(form[fieldOf(name)])]),
  ),
  weight: text.parse(form['weight']),
  status: text.parse(form['status']),
})

/** Reads the version of the draft and the reason that came with a form. */
export const readVersioned = (
  form: Readonly<Record<string, unknown>>,
): { readonly version: number | undefined; readonly reason: string } => {
  const { version, reason } = versioned.parse(form)
  return { version, reason }
}

/** A draft as its form would hold it, from changes and the content they are laid over. */
export const typedOf = (indicator: Indicator, changes: TuningChanges): TypedDraft => ({
  parameters: Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, parameter]) => [
      name,
      valueText(changes.parameters[name] ?? parameter.value),
    ]),
  ),
  weight: String(changes.weight),
  status: changes.status ?? (indicator.status === 'shadow' ? 'shadow' : 'live'),
})

const valueText = (value: number | string | readonly string[]): string =>
  typeof value === 'object' ? value.join('\n') : String(value)

/** The form of a draft: a field for each parameter with its reason and what the content has, the weight, and whether it counts. */
export const tuningFormView = (indicator: Indicator, typed: TypedDraft, faults: DraftFaults) => ({
  parameters: Object.entries(indicator.parameters).map(([name, { type, value, reason }]) => ({
    id: fieldOf(name),
    label: words(name),
    hint: `As supplied: ${typeof value === 'object' ? value.join(', ') : String(value)}. Why: ${reason.replace(/\.?$/, '.')}`,
    value: typed.parameters[name] ?? '',
    many: type === 'Array(String)',
    number: type !== 'String' && type !== 'Array(String)',
    error: faults[name] ?? '',
  })),
  weight: {
    value: typed.weight,
    error: faults['weight'] ?? '',
    hint: `What its points are multiplied by, from ${weightBounds.least} to ${weightBounds.most}. As supplied: 1. ${indicator.points}`,
  },
  status: { value: typed.status, error: faults['status'] ?? '' },
})

/** The lines of the error summary, each leading to its field. */
export const tuningProblems = (faults: DraftFaults): { href: string; text: string }[] =>
  Object.entries(faults).map(([name, text]) => ({
    href: `#${name === 'weight' || name === 'status' ? name : fieldOf(name)}`,
    text,
  }))
