import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { readFeeds } from '../intake/feeds.ts'
import { confirmFeeds } from '../tuning/confirm-feeds.ts'
import { feedStates, readFeedBases } from '../tuning/unread-feeds.ts'
import { addVerb } from './with-data.ts'
import { withStores, type Stores } from './with-stores.ts'

type FeedsOptions = {
  readonly confirmAs?: string
  readonly told?: string
  readonly until?: string
  readonly reason?: string
  readonly json?: boolean
}

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
    .action(async (options: FeedsOptions, command: Command) => {
      const feeds = await withStores(command, async stores => {
        if (options.confirmAs !== undefined) await confirmAll(stores, options.confirmAs, options)
        return await readFeedBases({ ...stores, clock: systemClock })
      })
      const rows = feeds.map(({ feed, basis, state }) => ({
        feed: feed.name,
        state,
        until: basis?.untilOn ?? '',
      }))
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(rows)}\n`
          : rows
              .map(
                row =>
                  `  ${row.feed.padEnd(20)} ${feedStates[row.state]}${row.until === '' ? '' : `, until ${row.until}`}\n`,
              )
              .join(''),
      )
    })
}

const confirmAll = async (
  { store }: Stores,
  name: string,
  { told, until, reason }: FeedsOptions,
): Promise<void> => {
  const result = await confirmFeeds(
    { store, clock: systemClock },
    { commandLine: name },
    {
      feeds: readFeeds().feeds.map(feed => feed.name),
      basis: '',
      notice: '',
      noticeOn: told ?? '',
      owner: '',
      retentionDays: '',
      untilOn: until ?? '',
      reason: reason ?? '',
    },
    'command line',
  )
  if (result.outcome === 'invalid') throw new AppError('USAGE', `${Object.values(result.faults).join('. ')}.`)
}
