import type { Command } from 'commander'
import { addVerb, later } from './add-verb.ts'

/** `upstander feeds`: on what lawful basis each feed is read; confirms all of them as proposed for whoever answers for it. */
export const addFeedsCommand = (parent: Command): void => {
  addVerb(parent, 'feeds', 'Say on what lawful basis each feed is read, or confirm all as proposed.', {
    json: true,
  })
    .option(
      '--confirm-as <name>',
      'confirm every feed as proposed, in the name of the person who answers for it',
    )
    .option('--told <day>', 'day on which staff were told, YYYY-MM-DD')
    .option('--until <day>', 'last day on which it holds, YYYY-MM-DD, a year at most')
    .option('--reason <text>', 'where the assessment is kept, and what was checked')
    .action(later(async () => (await import('./run-feeds.ts')).runFeeds))
}
