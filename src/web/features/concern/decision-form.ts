import { z } from 'zod'

/** What a person typed, kept so that nothing is lost when something is missing. */
export type DecisionTyped = {
  readonly kind: string
  readonly explanation: string
  readonly untilDay: string
  readonly untilMonth: string
  readonly untilYear: string
  readonly reason: string
}

/** A decision as the use case takes it; it checks each field itself. */
export type DecisionInput = {
  readonly kind: string
  readonly explanation: string
  /** `YYYY-MM-DD`; as good as it can be made where the day was mistyped. */
  readonly until: string
  readonly reason: string
  /** The version of the concern that the form was drawn from. */
  readonly version: number | undefined
}

const word = z.string().trim().max(5_000).catch('')

const shape = z.object({
  kind: word,
  explanation: word,
  'until-day': word,
  'until-month': word,
  'until-year': word,
  reason: word,
  version: z.coerce.number().int().positive().optional().catch(undefined),
})

/** Reads a posted decision. A field sent twice, or as something other than text, reads as empty. */
export const readDecisionForm = (
  form: Readonly<Record<string, unknown>>,
): { input: DecisionInput; typed: DecisionTyped } => {
  const raw = shape.parse(form)
  const typed = {
    kind: raw.kind,
    explanation: raw.explanation,
    untilDay: raw['until-day'],
    untilMonth: raw['until-month'],
    untilYear: raw['until-year'],
    reason: raw.reason,
  }
  const until = [
    typed.untilYear.padStart(4, '0'),
    typed.untilMonth.padStart(2, '0'),
    typed.untilDay.padStart(2, '0'),
  ]
  return {
    typed,
    input: {
      kind: typed.kind,
      explanation: typed.explanation,
      until: until.join('-'),
      reason: typed.reason,
      version: raw.version,
    },
  }
}
