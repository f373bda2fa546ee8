import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, messageOf } from '../core/errors.ts'
import { contentDir } from '../core/read-content.ts'
import { evaluationShape, type Evaluation } from './figure.ts'

const folder = join(contentDir, 'evaluation')

/**
 * The evaluations that come with the product, in the order of their files: what `upstander evaluate --out` wrote of made-up
 * forces.
 * @throws AppError CONTENT_INVALID
 */
export const shippedEvaluations = (): Evaluation[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter(file => file.endsWith('.json'))
        .toSorted()
        .map(read)

/** JSON as such: reading it as YAML takes a hundred times as long, and a page waits for it. */
const read = (file: string): Evaluation => {
  try {
    return evaluationShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  } catch (cause) {
    throw new AppError(
      'CONTENT_INVALID',
      `content/evaluation/${file} is no evaluation: ${messageOf(cause)}\nWrite it anew with upstander evaluate --out.`,
      { cause },
    )
  }
}
