import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/core/settings.ts'
import { createFeedTables } from '../src/intake/feed-tables.ts'
import { readFeeds } from '../src/intake/feeds.ts'
import { openLake } from '../src/lake/lake.ts'
import { engines, timeEngine, type Engine, type Rows, type Timing } from './stay-engines.ts'
import { makeFixes, writeFixes } from './stay-rows.ts'

/** One engine on one size. */
export type StayFigure = Timing & { readonly engine: Engine; readonly rows: number }

/** Sizes of a run that takes about a minute. Each is double the one before, so that growth shows. */
export const staySizes = [600_000, 1_200_000, 2_400_000]

/** A year of a few vehicles or a month of a fleet: the size the target speaks of. PostgreSQL is left out of it. */
const fullSize = 28_800_000

/** Times every engine on the same rows, each in a process of its own so that its memory is its own. */
export const benchStays = async (rows: number): Promise<StayFigure[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'upstander-bench-'))
  // PostgreSQL reads the file as another user.
  chmodSync(dir, 0o755)
  try {
    const place = { dataDir: join(dir, 'data'), csv: join(dir, 'fixes.csv') }
    const made = await prepare(place, rows)
    return engines
      .filter(engine => rows < fullSize || engine !== 'plain rule in PostgreSQL')
      .map(engine => ({ engine, rows: made, ...apart(engine, place) }))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const prepare = async ({ dataDir, csv }: Rows, rows: number): Promise<number> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  try {
    await createFeedTables(lake, readFeeds().feeds)
    await makeFixes(lake, rows)
    await writeFixes(lake, csv)
    const [made] = await lake.rows<{ n: number }>('select count() as n from upstander.positions')
    return made?.n ?? 0
  } finally {
    await lake.close()
  }
}

const apart = (engine: Engine, { dataDir, csv }: Rows): Timing => {
  const child = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--engine', engine, '--data', dataDir, '--csv', csv],
    { encoding: 'utf8', maxBuffer: 1 << 24 },
  )
  if (child.status !== 0) throw new Error(`${engine}: ${child.stderr}`)
  return JSON.parse(child.stdout) as Timing
}

/** The figures as lines of a table, with how many times as long an engine takes as ours. */
export const stayLines = (figures: readonly StayFigure[]): string[] =>
  figures.map(({ engine, rows, seconds, cpuSeconds, stays, peakMb }) => {
    const own = figures.find(each => each.engine === 'upstander' && each.rows === rows)
    return [
      `${(rows / 1e6).toFixed(1)} M fixes`.padStart(13),
      engine.padEnd(25),
      `${seconds.toFixed(2)} s`.padStart(9),
      `${cpuSeconds.toFixed(2)} s of processor`.padStart(21),
      `${(rows / seconds / 1e6).toFixed(2)} M/s`.padStart(10),
      `${(seconds / (own?.seconds ?? seconds)).toFixed(1)} x`.padStart(7),
      `${stays} stays`.padStart(13),
      `${peakMb.toFixed(0)} MB`.padStart(8),
    ].join('  ')
  })

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string' },
      data: { type: 'string' },
      csv: { type: 'string' },
      full: { type: 'boolean', default: false },
    },
  })
  const engine = engines.find(each => each === values.engine)
  if (engine !== undefined && values.data !== undefined && values.csv !== undefined) {
    process.stdout.write(JSON.stringify(await timeEngine(engine, { dataDir: values.data, csv: values.csv })))
    return
  }
  for (const rows of values.full ? [...staySizes, fullSize] : staySizes) {
    process.stdout.write(`${stayLines(await benchStays(rows)).join('\n')}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
