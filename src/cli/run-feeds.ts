import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { readFeeds } from '../intake/feeds.ts'
import { confirmFeeds } from '../tuning/confirm-feeds.ts'
import { feedStates, readFeedBases } from '../tuning/unread-feeds.ts'
import { withStores, type Stores } from './with-stores.ts'

type FeedsOptions = {
  readonly confirmAs?: string
  readonly told?: string
  readonly until?: string
  readonly reason?: string
  readonly json?: boolean
}

/** Does what `upstander feeds` asks for. */
export const runFeeds = async (options: FeedsOptions, command: Command): Promise<void> => {
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
