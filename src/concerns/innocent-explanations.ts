import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import { projectRoot } from '../core/project-root.ts'

export type InnocentExplanation = { readonly id: string; readonly label: string; readonly means: string }

const shape = z.record(z.string(), z.strictObject({ label: z.string().min(1), means: z.string().min(1) }))

/**
 * The innocent explanations that a disposition of "no concern" may name, in the order a form shows them.
 * @throws AppError CONTENT_INVALID
 */
export const readInnocentExplanations = (): readonly InnocentExplanation[] => {
  const name = 'content/vocabularies/innocent-explanations.yaml'
  try {
    const entries = shape.parse(parse(readFileSync(join(projectRoot, name), 'utf8')))
    return Object.entries(entries).map(([id, entry]) => ({ id, ...entry }))
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${name} is wrong: ${messageOf(cause)}`, { cause })
  }
}
