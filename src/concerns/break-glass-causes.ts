import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import { projectRoot } from '../core/project-root.ts'

const shape = z.record(z.string(), z.strictObject({ label: z.string().min(1), means: z.string().min(1) }))

/**
 * Why somebody may ask for a concern to be opened in an emergency, by id.
 * @throws AppError CONTENT_INVALID
 */
export const readBreakGlassCauses = (): z.output<typeof shape> => {
  const name = 'content/vocabularies/break-glass-causes.yaml'
  try {
    return shape.parse(parse(readFileSync(join(projectRoot, name), 'utf8')))
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${name} is wrong: ${messageOf(cause)}`, { cause })
  }
}
