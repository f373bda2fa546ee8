import { readSettings } from '../src/core/settings.ts'
import { openLake, type Lake } from '../src/lake/lake.ts'

/** Seconds spent on filling each table, by its name. */
export type TableSeconds = Record<string, number>

/** The lake of a data folder, which notes how long the inserts into each table take. */
export const openTimedLake = async (dataDir: string, seconds: TableSeconds): Promise<Lake> => {
  const lake = await openLake(readSettings({}, { dataDir }))
  return {
    ...lake,
    run: async (sql, params) => {
      const startedAt = performance.now()
      await lake.run(sql, params)
      const table = /^\s*insert into upstander\.(\w+)/.exec(sql)?.[1]
      if (table !== undefined) seconds[table] = (seconds[table] ?? 0) + (performance.now() - startedAt) / 1000
    },
  }
}
