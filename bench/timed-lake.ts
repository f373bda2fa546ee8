import { readSettings } from '../src/core/settings.ts'
import { openLake, type Lake, type LakeParams } from '../src/lake/lake.ts'

/** Seconds spent on filling each table, by its name. */
export type TableSeconds = Record<string, number>

/** One statement that filled a table: what it made, and the longest that one run of it took. */
export type TimedStatement = {
  /** The table, or the indicator whose findings it made. */
  readonly made: string
  readonly seconds: number
  /** Processor seconds of every thread. */
  readonly cpuSeconds: number
  /** Most memory the process had held by its end, in MB. */
  readonly peakMb: number
  readonly sql: string
  readonly params: LakeParams
}

/** What a timed lake notes. */
export type Timings = { readonly tables: TableSeconds; readonly statements: TimedStatement[] }

/** The lake of a data folder, which notes how long the inserts into each table take. */
export const openTimedLake = async (dataDir: string, timings: Timings): Promise<Lake> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  return {
    ...lake,
    run: async (sql, params = {}) => {
      const startedAt = performance.now()
      const before = process.cpuUsage()
      await lake.run(sql, params)
      const seconds = (performance.now() - startedAt) / 1000
      const { user, system } = process.cpuUsage(before)
      const cpuSeconds = (user + system) / 1e6
      const peakMb = process.resourceUsage().maxRSS / 1024
      const table = /^\s*insert into upstander\.(\w+)/.exec(sql)?.[1]
      if (table === undefined) return
      timings.tables[table] = (timings.tables[table] ?? 0) + seconds
      const indicator =
        /^\s*insert into upstander\.(?:findings_next|shadow_findings)\s+select '([\w-]+)'/.exec(sql)?.[1]
      const made = indicator ?? table
      process.stderr.write(`${made} ${seconds.toFixed(2)} ${cpuSeconds.toFixed(2)} ${peakMb.toFixed(0)}\n`)
      timings.statements.push({ made, seconds, cpuSeconds, peakMb, sql, params })
    },
  }
}
