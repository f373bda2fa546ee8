import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { AppError } from '../core/errors.ts'
import { detect } from '../detection/detect.ts'
import { readReplay, type ReplayRow } from '../detection/replay.ts'
import { readAllRules } from '../jobs/detect-and-raise.ts'
import { addVerb } from './with-data.ts'
import { withStores } from './with-stores.ts'

type ReplayOptions = {
  readonly from: string
  readonly to: string
  readonly out?: string
  readonly json?: boolean
}

/** `upstander replay`: what nightly runs would have raised, and when, had they known only what was known by then. */
export const addReplayCommand = (parent: Command): void => {
  addVerb(
    parent,
    'replay',
    'Say on which day each pair would have reached each band, had detection run every night.',
    { json: true },
  )
    .requiredOption('--from <day>', 'first night, YYYY-MM-DD', day)
    .requiredOption('--to <day>', 'last night, YYYY-MM-DD', day)
    .option('--out <file>', 'CSV file to write; standard output when absent')
    .action(async (options: ReplayOptions, command: Command) => {
      if (options.from > options.to)
        throw new AppError('USAGE', `--from ${options.from} is after --to ${options.to}.`)
      const rows = await withStores(command, async ({ lake, store }) => {
        const progress = options.json === true ? silentProgress : terminalProgress
        const rules = await readAllRules({ lake, store, clock: systemClock })
        await detect({ lake, clock: systemClock, progress }, { extraDays: [options.from], rules })
        return readReplay(lake, options.from, options.to)
      })
      await write(options, rows)
    })
}

const day = (text: string): string => {
  const parsed = new Date(`${text}T00:00:00Z`)
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(parsed.getTime()) ||
    !parsed.toISOString().startsWith(text)
  ) {
    throw new InvalidArgumentError('A day is written YYYY-MM-DD.')
  }
  return text
}

const write = async (options: ReplayOptions, rows: readonly ReplayRow[]): Promise<void> => {
  if (options.out === undefined) {
    process.stdout.write(options.json === true ? `${JSON.stringify(rows)}\n` : csv(rows))
    return
  }
  const file = createWriteStream(options.out)
  file.end(csv(rows))
  await once(file, 'finish')
  process.stderr.write(`${rows.length} rows written to ${options.out}.\n`)
}

const csv = (rows: readonly ReplayRow[]): string =>
  [
    'staff_id,person_id,band,first_on,points',
    ...rows.map(row =>
      [quoted(row.staff_id), quoted(row.person_id), row.band, row.first_on, row.points].join(','),
    ),
  ].join('\n') + '\n'

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
