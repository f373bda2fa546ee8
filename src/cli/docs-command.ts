import type { Command } from 'commander'
import { AppError } from '../core/errors.ts'
import { driftedPages, writePages } from './reference/reference-pages.ts'

/** `upstander docs`: writes the reference pages from the product, or tells which have drifted from it. */
export const addDocsCommand = (parent: Command): void => {
  parent
    .command('docs')
    .description('Write the pages of docs/reference from settings, errors, permissions, feeds and content.')
    .option('--check', 'write nothing; fail when a page no longer says what the product does')
    .action((options: { check?: boolean }) => {
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
    })
}
