import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Command } from 'commander'
import { systemClock } from '../core/clock.ts'
import { silentProgress, terminalProgress } from '../core/progress.ts'
import { AppError } from '../core/errors.ts'
import { detect } from '../detection/detect.ts'
import { readReplay, type ReplayRow } from '../detection/replay.ts'
import { readAllRules } from '../jobs/detect-and-raise.ts'
import { withStores } from './with-stores.ts'

type ReplayOptions = {
  readonly from: string
  readonly to: string
  readonly out?: string
  readonly json?: boolean
}

/** Does what `upstander replay` asks for. */
export const runReplay = async (options: ReplayOptions, command: Command): Promise<void> => {
  if (options.from > options.to)
    throw new AppError('USAGE', `--from ${options.from} is after --to ${options.to}.`)
  const rows = await withStores(command, async ({ lake, store }) => {
    const progress = options.json === true ? silentProgress : terminalProgress
    const rules = await readAllRules({ lake, store, clock: systemClock })
    await detect({ lake, clock: systemClock, progress }, { extraDays: [options.from], rules })
    return readReplay(lake, options.from, options.to)
  })
  await write(options, rows)
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
