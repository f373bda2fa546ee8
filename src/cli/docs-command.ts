import type { Command } from 'commander'
import { later } from './add-verb.ts'

/** `upstander docs`: writes the reference pages from the product, or tells which have drifted from it. */
export const addDocsCommand = (parent: Command): void => {
  parent
    .command('docs')
    .description('Write the pages of docs/reference from settings, errors, permissions, feeds and content.')
    .option('--check', 'write nothing; fail when a page no longer says what the product does')
    .action(later(async () => (await import('./run-docs.ts')).runDocs))
}
