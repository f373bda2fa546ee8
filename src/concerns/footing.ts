import { readVocabulary, type Vocabulary } from '../core/read-vocabulary.ts'
import { capital } from '../core/capital.ts'

/** Why somebody looks further than one pair. */
export type Footing = {
  /** Id of a processing basis. */
  readonly basis: string
  readonly necessity: string
  readonly proportionality: string
}

export type FootingFaults = Partial<Record<keyof Footing, string>>

/** Longest that a free text may be, in characters. */
const longest = 4_000

/** A sentence for every part of a footing that must be mended; empty where nothing is missing. */
export const footingFaults = (given: Footing): FootingFaults => {
  const faults: { -readonly [Field in keyof FootingFaults]: FootingFaults[Field] } = {}
  if (!Object.hasOwn(readProcessingBases(), given.basis)) faults.basis = 'Select the legal basis'
  const necessity = textFault(given.necessity, 'why this is necessary')
  if (necessity !== undefined) faults.necessity = necessity
  const proportionality = textFault(given.proportionality, 'why this is proportionate')
  if (proportionality !== undefined) faults.proportionality = proportionality
  return faults
}

/** What is wrong with a free text that must be there, such as "why this is necessary". */
export const textFault = (text: string, what: string): string | undefined => {
  if (text.trim() === '') return `Enter ${what}`
  if (text.length <= longest) return undefined
  return `${capital(what)} must be said in 4,000 characters or fewer`
}

/**
 * The legal bases a form offers, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readProcessingBases = (): Vocabulary => readVocabulary('processing-bases')
