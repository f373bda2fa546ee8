import { AppError } from '../core/errors.ts'
import { driftedPages, writePages } from './reference/reference-pages.ts'

/** Does what `upstander docs` asks for. */
export const runDocs = (options: { check?: boolean }): void => {
  if (options.check !== true) {
    process.stdout.write(`Wrote ${String(writePages())} pages to docs/reference.\n`)
    return
  }
  const drifted = driftedPages()
  if (drifted.length > 0)
    throw new AppError(
      'CHECK_FAILED',
      `These pages no longer say what the product does: ${drifted.join(', ')}. Run: npx upstander docs`,
    )
  process.stdout.write('The reference pages say what the product does.\n')
}
