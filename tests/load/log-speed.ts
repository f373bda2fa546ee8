// How many entries a second the log takes, and how fast a million are checked: `npx node tests/load/log-speed.ts`.
// The result is written down in content/security-tests.yaml.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendEvent } from '../../src/audit/audit-log.ts'
import { leafOf } from '../../src/audit/leaf.ts'
import { openCaseworkStore } from '../../src/casework-store/casework-store.ts'
import { startPrivatePostgres } from '../../src/casework-store/private-postgres.ts'
import { systemClock } from '../../src/core/clock.ts'
import { checkFiles } from '../../src/log-check/check-files.ts'
import { checkRows, type LogRow } from '../../src/log-check/check-rows.ts'
import { keyFrom } from '../../src/sealed-log/log-key.ts'
import { openSealedLog } from '../../src/sealed-log/sealed-log.ts'

const entry = {
  who: 'u1',
  what: 'concern-read',
  subject: 'K7Q2-9MXD',
  why: 'Read a concern',
  from: '10.0.0.7',
  outcome: 'allowed',
} as const
const tell = (figures: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

/** Entries a second, and the time each reader waits, with so many readers at once. */
const append = async (
  where: string,
  databaseUrl: string | undefined,
  readers: number,
  count: number,
): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-speed-'))
  const store = await openCaseworkStore({ dataDir, databaseUrl })
  const deps = { store, clock: systemClock }
  await appendEvent(deps, entry)
  const waits: number[] = []
  const began = performance.now()
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let done = 0; done < count / readers; done += 1) {
        const at = performance.now()
        await appendEvent(deps, entry)
        waits.push(performance.now() - at)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1_000
  const sorted = waits.toSorted((a, b) => a - b)
  const quantile = (share: number): number =>
    Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  tell({
    where,
    readers,
    entries: waits.length,
    perSecond: Math.round(waits.length / seconds),
    p50: quantile(0.5),
    p99: quantile(0.99),
  })
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
}

/** An entry as it stands in the casework store: every twentieth a change, and each about another concern. */
const rowAt = (seq: number): LogRow => {
  const salt = String(seq).padStart(64, '0')
  const change = seq % 20 === 0
  const own = change
    ? ({ ...entry, what: 'concern-decided', subject: `K7Q2-${seq}`, outcome: 'done' } as const)
    : entry
  const row = { ...own, seq, at: new Date(1_800_000_000_000 + seq) }
  return { ...row, salt, leaf: leafOf(row, salt) }
}

const rowsUpTo = async function* (last: number): AsyncGenerator<LogRow> {
  for (let seq = 1; seq <= last; seq += 1) {
    if (seq % 4_096 === 0) await new Promise(setImmediate)
    yield rowAt(seq)
  }
}

/** Checks a log in a process of its own, as `upstander audit` starts it, so that its memory can be told. */
const check = (folder: string): Promise<void> =>
  new Promise(resolve =>
    fork(import.meta.filename, ['check', folder], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'],
    }).once('exit', () => {
      resolve()
    }),
  )

const million = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'upstander-million-'))
  const log = openSealedLog(folder, keyFrom(Buffer.alloc(32, 7)))
  const began = performance.now()
  for (let from = 1; from <= 1_000_000; from += 5_000)
    await log.append(Array.from({ length: 5_000 }, (_, at) => Buffer.from(rowAt(from + at).leaf)))
  tell({ sealed: log.size(), seconds: Math.round((performance.now() - began) / 100) / 10 })
  await check(folder)
  rmSync(folder, { recursive: true, force: true })
}

/** Seconds since, and the most memory so far. */
const sofar = (began: number) => ({
  seconds: Math.round((performance.now() - began) / 100) / 10,
  peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
})

const [mode, folder = ''] = process.argv.slice(2)
if (mode === 'check') {
  const began = performance.now()
  const { size, faults, hashes } = checkFiles(folder)
  tell({ checked: size, faults: faults.length, ...sofar(began) })
  // As the store would give them, made here: a million rows of a store take a quarter of an hour to write.
  const rows = await checkRows(hashes, rowsUpTo(size))
  tell({ rows: size, faults: rows.faults.length, changes: rows.changes.size, ...sofar(began) })
} else {
  // Sixty thousand, so that the slowest hundredth is many writes and not the first.
  for (const readers of [1, 100]) await append('embedded', undefined, readers, readers === 1 ? 500 : 60_000)
  for (const readers of [1, 100]) {
    const server = await startPrivatePostgres()
    await append('server', server.url, readers, readers === 1 ? 500 : 60_000)
    await server.stop()
  }
  await million()
}
