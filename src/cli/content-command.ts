import type { Command } from 'commander'
import { later } from './add-verb.ts'

/** `upstander content check | lock`: the rules that facts, indicators and credits keep, and their versions. */
export const addContentCommand = (parent: Command): void => {
  const content = parent
    .command('content')
    .description('Check the facts, indicators and credits, and lock the versions of the indicators.')
  content
    .command('check')
    .description('Hold all content to its rules and say what to mend. The cases run with npm test.')
    .option('--json', 'print JSON for a program to read')
    .action(later(async () => (await import('./run-content.ts')).runContentCheck))
  content
    .command('lock')
    .description(
      'Write down the version and hash of every indicator. Refuses a change without a new version.',
    )
    .action(later(async () => (await import('./run-content.ts')).runContentLock))
}
