import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appendEvent } from '../src/audit/audit-log.ts'
import { logFolder } from '../src/audit/open-log.ts'
import { openCaseworkStore } from '../src/casework-store/casework-store.ts'
import { systemClock } from '../src/core/clock.ts'
import { checkFiles } from '../src/log-check/check-files.ts'

/** What the log took, in the embedded casework store. */
type LogFigure = {
  readonly readers: number
  readonly entries: number
  readonly perSecond: number
  /** Milliseconds that 99 in 100 readers waited at most. */
  readonly most: number
  /** Milliseconds in which the files of these entries were checked. */
  readonly checked: number
}

const readers = 100
const each = 100

/** Has a hundred readers at once each write entries, one after another, and checks the files of all. */
export const benchLog = async (): Promise<LogFigure> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'upstander-bench-log-'))
  const store = await openCaseworkStore({ dataDir, databaseUrl: undefined })
  const who = { who: 'u1', subject: 'K7Q2-9MXD', why: 'Read a concern', from: '10.0.0.7' }
  const entry = { ...who, what: 'concern-read', outcome: 'allowed' } as const
  const deps = { store, clock: systemClock }
  const waits: number[] = []
  const read = async (): Promise<void> => {
    const at = performance.now()
    await appendEvent(deps, entry)
    waits.push(performance.now() - at)
  }
  // The first writes compile what the others use, and are not measured.
  for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: readers }, read))
  waits.length = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let done = 0; done < each; done += 1) await read()
    }),
  )
  const seconds = (performance.now() - began) / 1_000
  const checking = performance.now()
  const { faults } = checkFiles(logFolder(dataDir))
  const checked = performance.now() - checking
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
  if (faults.length > 0) throw new Error(faults.map(fault => fault.says).join('\n'))
  const most = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0
  return { readers, entries: waits.length, perSecond: waits.length / seconds, most, checked }
}

/** The section of the page about the log. */
export const logText = ({ readers: many, entries, perSecond, most, checked }: LogFigure): string =>
  `## The log

${many} readers at once wrote ${entries.toLocaleString('en-GB')} entries to the log of an embedded casework store, each on the disk and under a signed checkpoint before it was answered:
${Math.round(perSecond).toLocaleString('en-GB')} entries a second (the target is 1,000), 99 in 100 within ${most.toFixed(0)} ms. Their files were checked in ${checked.toFixed(0)} ms.
The load average of the minute was ${loadavg()[0]?.toFixed(0) ?? '?'}. \`npx node bench/log.ts\` measures this alone, and \`tests/load/log-speed.ts\` more of it, also on a server.
`

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(logText(await benchLog()))
