import type { Indicator } from './indicators.ts'

/** What a parameter of an indicator may hold. */
export type ParameterValue = number | string | readonly string[]

/** What a unit changed about an indicator: only what differs from the content. */
export type TuningChanges = {
  /** By name; a parameter that is not there is as the content has it. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** What the points are multiplied by; 1 leaves them. */
  readonly weight: number
  /** `undefined` as the content has it. */
  readonly status: 'live' | 'shadow' | undefined
}

/** A published change of one indicator, laid over the content when detection runs. */
export type Tuning = TuningChanges & {
  readonly indicator: string
  /** From 1; findings quote it beside the version. */
  readonly edition: number
}

/** No change at all. */
export const noChanges: TuningChanges = { parameters: {}, weight: 1, status: undefined }

/** The indicators as they run: the content, with what the unit published laid over it. What no longer fits is left out. */
export const withTunings = (indicators: readonly Indicator[], tunings: readonly Tuning[]): Indicator[] =>
  indicators.map(indicator => {
    const tuning = tunings.find(each => each.indicator === indicator.id)
    return tuning === undefined ? indicator : { ...withChanges(indicator, tuning), edition: tuning.edition }
  })

/** One indicator with changes laid over it. What the content retired stays retired. */
export const withChanges = (indicator: Indicator, changes: TuningChanges): Indicator => ({
  ...indicator,
  weight: changes.weight,
  status: indicator.status === 'retired' ? 'retired' : (changes.status ?? indicator.status),
  parameters: Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, parameter]) => {
      const value = changes.parameters[name]
      return [
        name,
        value !== undefined && fits(parameter.type, value)
          ? { ...parameter, value: typeof value === 'object' ? [...value] : value }
          : parameter,
      ]
    }),
  ),
})

/** Changed parameters that the content no longer has, or has with another type: they do nothing until somebody mends them. */
export const changesThatDoNotFit = (indicator: Indicator, changes: TuningChanges): string[] =>
  Object.entries(changes.parameters)
    .filter(([name, value]) => {
      const parameter = indicator.parameters[name]
      return parameter === undefined || !fits(parameter.type, value)
    })
    .map(([name]) => name)

type ParameterType = Indicator['parameters'][string]['type']

/** Whether a value is of a parameter's type. */
export const fits = (type: ParameterType, value: ParameterValue): boolean => {
  switch (type) {
    case 'UInt32':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 4_294_967_295
    case 'Int32':
      return Number.isInteger(value) && Math.abs(Number(value)) <= 2_147_483_647
    case 'Float64':
      return typeof value === 'number' && Number.isFinite(value)
    case 'String':
      return typeof value === 'string' && value !== ''
    case 'Array(String)':
      return Array.isArray(value) && value.length > 0 && value.every(each => each !== '')
  }
}
