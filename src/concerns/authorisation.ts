import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import { projectRoot } from '../core/project-root.ts'

/** On what footing somebody looks further than one pair: recorded before anything is read, and kept with what was found. */
export type Authorisation = {
  /** The unit's own reference of the recorded authorisation. */
  readonly reference: string
  /** Id of a processing basis. */
  readonly basis: string
  readonly necessity: string
  readonly proportionality: string
}

export type AuthorisationFaults = Partial<Record<keyof Authorisation, string>>

/** Longest that a free text of an authorisation may be, in characters. */
const longest = 4_000

/**
 * Holds what was typed to what every authorisation must say; undefined where nothing is missing. It checks that the fields are
 * there, not that the authorisation covers what is asked: whoever holds the register of authorisations does that.
 */
export const authorisationFaults = (given: Authorisation): AuthorisationFaults | undefined => {
  const faults: { -readonly [Field in keyof AuthorisationFaults]: AuthorisationFaults[Field] } = {}
  if (!/^[\p{L}\p{N}][\p{L}\p{N} /_.-]{2,59}$/u.test(given.reference))
    faults.reference =
      'Enter the reference of the recorded authorisation: 3 to 60 letters, numbers, spaces, dashes or slashes'
  if (!Object.hasOwn(readProcessingBases(), given.basis)) faults.basis = 'Select the legal basis'
  const necessity = textFault(given.necessity, 'why this is necessary', 'Why this is necessary')
  if (necessity !== undefined) faults.necessity = necessity
  const proportionality = textFault(
    given.proportionality,
    'why this is proportionate',
    'Why this is proportionate',
  )
  if (proportionality !== undefined) faults.proportionality = proportionality
  return Object.keys(faults).length === 0 ? undefined : faults
}

const textFault = (text: string, what: string, label: string): string | undefined => {
  if (text.trim() === '') return `Enter ${what}`
  return text.length > longest ? `${label} must be 4,000 characters or fewer` : undefined
}

const shape = z.record(z.string(), z.strictObject({ label: z.string().min(1), means: z.string().min(1) }))

/**
 * The legal bases a form offers, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readProcessingBases = (): Readonly<
  Record<string, { readonly label: string; readonly means: string }>
> => {
  const name = 'content/vocabularies/processing-bases.yaml'
  try {
    return shape.parse(parse(readFileSync(join(projectRoot, name), 'utf8')))
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${name} is wrong: ${messageOf(cause)}`, { cause })
  }
}
