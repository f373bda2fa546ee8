import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Indicator } from './indicators.ts'

/** Where the empty twins of feeds are kept that may not be read. */
const emptyDatabase = `${lakeDatabase}_unread`

/** The indicators that read none of these feeds: without one of its feeds an indicator does not run. */
export const indicatorsWithout = (indicators: readonly Indicator[], feeds: readonly string[]): Indicator[] =>
  indicators.filter(each => !each.feeds.some(feed => feeds.includes(feed)))

/**
 * The lake as it would be if some feeds held nothing: whatever a statement says, it reads an empty table in their place. The
 * records stay where they are. For reading: rows that are written go where the statement says.
 */
export const withoutFeeds = async (lake: Lake, feeds: readonly string[]): Promise<Lake> => {
  if (feeds.length === 0) return lake
  await lake.run(`create database if not exists ${emptyDatabase}`)
  for (const feed of feeds)
    await lake.run(
      `create or replace table ${emptyDatabase}.${feed} as ${lakeDatabase}.${feed} engine = Memory`,
    )
  const named = new RegExp(`\\b${lakeDatabase}\\.(${feeds.join('|')})\\b`, 'g')
  const instead = (sql: string): string => sql.replaceAll(named, `${emptyDatabase}.$1`)
  return {
    ...lake,
    rows: (sql, params) => lake.rows(instead(sql), params),
    kept: (sql, params) => lake.kept(instead(sql), params),
    run: (sql, params) => lake.run(instead(sql), params),
  }
}
