import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Command } from 'commander'
import { AppError } from '../core/errors.ts'
import { listRefusedFiles } from '../intake/batches.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds, type Feed } from '../intake/feeds.ts'
import { nearestName } from '../intake/nearest-name.ts'
import { recoverIntake } from '../intake/recover-intake.ts'
import { countRejects, listRejects, type Reject } from '../intake/rejects.ts'
import type { Lake } from '../lake/lake.ts'
import { withLake } from './with-data.ts'

type Options = { json?: boolean; feed?: string; out?: string }

const page = 50_000
const columns = ['feed', 'file', 'line', 'field', 'value', 'reason', 'row'] as const

/** Does what `upstander rejects` asks for. */
export const runRejects = async (options: Options, command: Command): Promise<void> => {
  await withLake(command, async lake => {
    const { feeds } = readFeeds()
    if (options.feed !== undefined && !feeds.some(feed => feed.name === options.feed)) {
      throw new AppError('USAGE', noFeedSentence(options.feed, feeds))
    }
    await createFeedTables(lake, feeds)
    await recoverIntake(lake, feeds)
    if (options.out !== undefined) await exportRejects(lake, options.feed, options.out)
    else if (options.json === true) {
      process.stdout.write(`${JSON.stringify(await listRejects(lake, { feed: options.feed }), null, 2)}\n`)
    } else await printRejects(lake, options.feed)
  })
}

const noFeedSentence = (asked: string, feeds: readonly Feed[]): string => {
  const names = feeds.map(feed => feed.name)
  const near = nearestName(asked, names)
  return `There is no feed "${asked}". ${near === undefined ? `The feeds are ${names.join(', ')}.` : `The nearest is "${near}".`}`
}

const exportRejects = async (lake: Lake, feed: string | undefined, file: string): Promise<void> => {
  const out = createWriteStream(file, { mode: 0o600 })
  out.write(`${columns.join(',')}\n`)
  let written = 0
  for (;;) {
    const rejects = await listRejects(lake, { feed, limit: page, offset: written })
    out.write(rejects.map(csvLine).join(''))
    written += rejects.length
    if (rejects.length < page) break
  }
  out.end()
  await finished(out)
  process.stdout.write(
    `${written.toLocaleString('en-GB')} ${written === 1 ? 'fault' : 'faults'} written to ${file}.\n`,
  )
}

const csvLine = (reject: Reject): string =>
  `${columns.map(column => csvCell(String(reject[column]))).join(',')}\n`

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const printRejects = async (lake: Lake, feed: string | undefined): Promise<void> => {
  const refused = await listRefusedFiles(lake, feed)
  process.stdout.write(refused.map(file => `REFUSED ${file.reason}\n`).join(''))
  const counts = await countRejects(lake, { feed })
  if (counts.length === 0) {
    process.stdout.write('No rejected rows.\n')
    return
  }
  const shown = await listRejects(lake, { feed, limit: 20 })
  const lines = [
    ...counts.map(
      count =>
        `${count.rows.toLocaleString('en-GB')} × ${count.file}: ${sentence(count.field, count.example, count.reason)}`,
    ),
    '',
    `The first ${shown.length}:`,
    ...shown.map(
      reject => `${reject.file}, line ${reject.line}: ${sentence(reject.field, reject.value, reject.reason)}`,
    ),
    '',
    '"upstander rejects --out FILE.csv" writes them all, each with its row.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const sentence = (field: string, value: string, reason: string): string =>
  field === '' ? reason : `${field} '${value.length > 60 ? `${value.slice(0, 60)}…` : value}' ${reason}`
