import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/core/clock.ts'
import { silentProgress } from '../src/core/progress.ts'
import { recoverAndPrepare } from '../src/cli/prepare-lake.ts'
import { detect } from '../src/detection/detect.ts'
import { readIndicators } from '../src/detection/indicators.ts'
import { readReplay } from '../src/detection/replay.ts'
import { intakeFolder } from '../src/intake/intake-folder.ts'
import type { Lake } from '../src/lake/lake.ts'
import { simulateForce } from '../src/simulate/simulate-force.ts'
import { buildContacts, copyStaff } from './copies.ts'
import { cutLastDay } from './last-day.ts'
import { exportNight, multiplyNight } from './multiply-night.ts'
import { multiplyRecords, type Copies } from './multiply.ts'
import { previewAll, type PreviewFigure } from './previews.ts'
import { slowestOf, type SlowStatement } from './slowest.ts'
import { openTimedLake, type TableSeconds, type Timings } from './timed-lake.ts'

/** What one step took, in a process of its own. */
export type StepFigure = {
  readonly seconds: number
  /** Processor seconds of every thread: near twice `seconds` at best on two cores, far less where others had the machine. */
  readonly cpuSeconds: number
  /** Most memory the process held, in MB. */
  readonly peakMb: number
  /** Seconds by table filled. */
  readonly tables: TableSeconds
  /** Seconds by indicator whose findings were made. */
  readonly indicators: Readonly<Record<string, number>>
  /** The slowest statements with their plans; of detection only. */
  readonly slowest: readonly SlowStatement[]
  /** Rows by what they are: read, taken in, or found. */
  readonly rows: Readonly<Record<string, number>>
  /** What each preview took; of previews only. */
  readonly previews: readonly PreviewFigure[]
}

export type StepOptions = {
  readonly data?: string
  readonly folder?: string
  readonly out?: string
  readonly night?: string
  readonly staff?: string
  readonly days?: string
  readonly from?: string
  readonly spans?: string
  /** Indicators previewed, parted by commas; all when absent. */
  readonly only?: string
}

/** The last day of every force the bench simulates. */
const lastDay = '2025-06-30'

type Rows = Record<string, number>
type Work = (
  options: Required<StepOptions>,
  lake: Lake,
  rows: Rows,
  previews: PreviewFigure[],
) => Promise<void>

const steps = {
  simulate: (options: Required<StepOptions>): Rows =>
    simulateForce(
      { progress: silentProgress },
      { out: options.out, staff: Number(options.staff), days: Number(options.days), seed: 1, end: lastDay },
    ).rows,
  cut: async (options: Required<StepOptions>): Promise<Rows> => {
    await cutLastDay(options.folder, options.out, options.night, lastDay)
    return {}
  },
}

const lakeSteps: Readonly<
  Record<
    | 'intake'
    | 'detect'
    | 'nightly'
    | 'replay'
    | 'copies'
    | 'multiply'
    | 'export-night'
    | 'multiply-night'
    | 'preview',
    Work
  >
> = {
  intake: async (options, lake, rows) => {
    await takeIn(lake, options.folder, rows)
  },
  detect: async (_, lake, rows) => {
    await recoverAndPrepare(lake)
    const result = await detect({ lake, clock: systemClock, progress: silentProgress }, { full: true })
    Object.assign(rows, { findings: result.findings, pairs: result.pairs })
  },
  nightly: async (options, lake, rows) => {
    // Without a folder the records of the night are in the lake already.
    if (options.folder !== '') await takeIn(lake, options.folder, rows)
    await recoverAndPrepare(lake)
    const result = await detect({ lake, clock: systemClock, progress: silentProgress })
    Object.assign(rows, { findings: result.findings, changes_only: Number(result.rebuilt === 'changes') })
  },
  replay: async (options, lake, rows) => {
    await recoverAndPrepare(lake)
    await detect({ lake, clock: systemClock, progress: silentProgress }, { extraDays: [options.from] })
    rows['raised'] = (
      await readReplay(lake, options.from, options.night === '' ? lastDay : options.night)
    ).length
  },
  copies: async (options, lake) => {
    await copyStaff(lake, Number(options.staff))
  },
  multiply: async (options, lake) => {
    await multiplyRecords(lake, copiesOf(options))
  },
  'export-night': async (options, lake) => {
    await exportNight(lake, options.out)
  },
  'multiply-night': async (options, lake) => {
    await multiplyNight(lake, options.folder, copiesOf(options))
  },
  preview: async (options, lake, _, previews) => {
    previews.push(...(await previewAll(lake, options.only === '' ? [] : options.only.split(','))))
  },
}

const copiesOf = ({ staff, spans, from, days }: Required<StepOptions>): Copies => ({
  staff: Number(staff),
  spans: Number(spans),
  from,
  days: Number(days),
})

const takeIn = async (lake: Lake, folder: string, rows: Rows): Promise<void> => {
  const report = await intakeFolder({ lake, clock: systemClock }, folder)
  if (report.refused.length > 0) throw new Error(report.refused.map(each => each.reason).join('\n'))
  rows['rows'] = report.rows
}

const counted = [
  'positions',
  'billing',
  'messages',
  'system_access',
  'contacts',
  'pair_days',
  'purposes',
  'stays',
  'address_stays',
  'lookups',
  'message_hits',
]

type Step = keyof typeof steps | keyof typeof lakeSteps | 'volume'

/** Runs a step in a process of its own, so that its memory is its own. */
export const runStep = (step: Step, options: StepOptions): StepFigure => {
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), step, ...flags], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (child.status !== 0) throw new Error(`The step ${step} failed:\n${child.stderr}`)
  return JSON.parse(child.stdout) as StepFigure
}

const inOwnProcess = async (): Promise<void> => {
  const flag = { type: 'string', default: '' } as const
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      data: flag,
      folder: flag,
      out: flag,
      night: flag,
      staff: flag,
      days: flag,
      from: flag,
      spans: flag,
      only: flag,
    },
  })
  const step = positionals[0] as Step
  const timings: Timings = { tables: {}, statements: [] }
  let slowest: SlowStatement[] = []
  let peakMb: number | undefined
  let used: NodeJS.CpuUsage | undefined
  let rows: Rows = {}
  const previews: PreviewFigure[] = []
  let startedAt = performance.now()
  let seconds = 0
  if (step === 'simulate' || step === 'cut') {
    rows = await steps[step](values)
    seconds = (performance.now() - startedAt) / 1000
  } else {
    const lake = await openTimedLake(values.data, timings)
    startedAt = performance.now()
    if (step === 'volume') await buildContacts(lake)
    else await lakeSteps[step](values, lake, rows, previews)
    seconds = (performance.now() - startedAt) / 1000
    Object.assign(rows, await countRows(lake))
    // Asking for a plan takes memory that the step itself never held.
    peakMb = process.resourceUsage().maxRSS / 1024
    used = process.cpuUsage()
    if (step === 'detect') slowest = await slowestOf(lake, timings.statements)
    await lake.close()
  }
  const { user, system } = used ?? process.cpuUsage()
  const figure: StepFigure = {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMb: peakMb ?? process.resourceUsage().maxRSS / 1024,
    tables: timings.tables,
    indicators: secondsOfIndicators(timings),
    slowest,
    rows,
    previews,
  }
  process.stdout.write(JSON.stringify(figure))
}

const secondsOfIndicators = ({ statements }: Timings): Record<string, number> => {
  const known = new Set(readIndicators().map(each => each.id))
  const seconds: Record<string, number> = {}
  for (const each of statements)
    if (known.has(each.made)) seconds[each.made] = (seconds[each.made] ?? 0) + each.seconds
  return seconds
}

const countRows = async (lake: Lake): Promise<Rows> => {
  const found = await lake.rows<{ name: string; n: number }>(
    `select name, total_rows as n from system.tables where database = 'upstander' and has({counted:Array(String)}, name)`,
    { counted },
  )
  return Object.fromEntries(found.map(({ name, n }) => [name, n]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await inOwnProcess()
