import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { everyRow } from '../../src/audit/every-row.ts'
import { logFolder } from '../../src/audit/open-log.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { projectRoot } from '../../src/core/project-root.ts'
import { checkFiles } from '../../src/log-check/check-files.ts'
import { checkRows } from '../../src/log-check/check-rows.ts'

/** A store that a process writes to and is killed on. */
export type KilledStore = { readonly dataDir: string; readonly databaseUrl: string | undefined }

/** What killing the log over and over came to. */
export type Killed = {
  readonly cycles: number
  /** Entries that were acknowledged, in all. */
  readonly acknowledged: number
  /** Entries that were acknowledged and were not in the files after the kill. */
  readonly lost: readonly number[]
  /** What the check of files, rows and changes found, at any time. */
  readonly faults: readonly string[]
  /** Milliseconds from the start of a process to its first acknowledged entry: half of them, 99 in 100 of them, and all. */
  readonly starts: { readonly half: number; readonly most: number; readonly slowest: number }
}

/** Kills a process that adds to the log, at another moment of its work each time, and looks at what is left. */
export const killLog = async (
  store: KilledStore,
  { cycles, checkEvery }: { readonly cycles: number; readonly checkEvery: number },
): Promise<Killed> => {
  const lost: number[] = []
  const faults: string[] = []
  let acknowledged = 0
  const starts: number[] = []
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    // A prime number of steps reaches every part of the work in time.
    const { acks, start } = await untilKilled(store, (cycle * 37) % 211)
    acknowledged += acks.length
    starts.push(start)
    const size = sizeOf(store)
    lost.push(...acks.filter(seq => seq > size))
    if (cycle % checkEvery === 0 || cycle === cycles) faults.push(...(await faultsOf(store)))
  }
  const sorted = starts.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return {
    cycles,
    acknowledged,
    lost,
    faults,
    starts: { half: at(0.5), most: at(0.99), slowest: at(1) },
  }
}

const untilKilled = async ({ dataDir, databaseUrl }: KilledStore, after: number) => {
  const script = join(projectRoot, 'tests', 'support', 'log-until-killed.ts')
  const began = performance.now()
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, dataDir, databaseUrl ?? ''],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // As bin/upstander.mjs starts the product.
      env: {
        NODE_COMPILE_CACHE: join(projectRoot, 'node_modules', '.cache', 'upstander', 'compiled'),
        ...process.env,
      },
    },
  )
  const ended = new Promise<void>(resolve =>
    child.once('close', () => {
      resolve()
    }),
  )
  const acks: number[] = []
  let start = 0
  const lines = createInterface(child.stdout)
  const first = new Promise<void>(resolve => {
    lines.on('line', line => {
      // A line that was cut off by the kill acknowledged nothing.
      const seq = /^ack (\d+)$/.exec(line)?.[1]
      if (seq === undefined) return
      if (acks.length === 0) start = performance.now() - began
      acks.push(Number(seq))
      resolve()
    })
    lines.once('close', resolve)
  })
  await first
  await wait(after)
  child.kill('SIGKILL')
  await ended
  return { acks, start }
}

const sizeOf = ({ dataDir }: KilledStore): number => {
  const file = join(logFolder(dataDir), 'checkpoint')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[1]) : 0
}

/** What is wrong with files, rows, or changes without their entry. */
const faultsOf = async (settings: KilledStore): Promise<string[]> => {
  const files = checkFiles(logFolder(settings.dataDir))
  const store = await openCaseworkStore(settings)
  try {
    const rows = await checkRows(files.hashes, everyRow(store.db))
    const runs = await store.db
      .selectFrom('raise_runs')
      .select('staff_count')
      .orderBy('staff_count')
      .execute()
    const decided = [...rows.changes.values()].flat().toSorted((a, b) => a - b)
    const same = JSON.stringify(runs.map(run => run.staff_count)) === JSON.stringify(decided)
    return [...files.faults, ...rows.faults]
      .map(({ says }) => says)
      .concat(same ? [] : ['A change has no entry, or an entry no change.'])
  } finally {
    await store.close()
  }
}
