import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFeeds } from '../src/intake/feeds.ts'
import type { Lake } from '../src/lake/lake.ts'
import { addCopy, happens, type Copies } from './multiply.ts'

/** Rows that a lake is given at a time. */
const rowsAtOnce = 20_000

/** Writes what the last intake of a lake added, one file a feed, for `multiplyNight` to put into the lake whose records were multiplied. */
export const exportNight = async (lake: Lake, folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  const [last] = await lake.rows<{ batch: number }>(
    `select min(newest) as batch from (
       select feed, min(batch_id) as oldest, max(batch_id) as newest from upstander.batches group by feed having newest > oldest)`,
  )
  const since = { batch: last?.batch ?? 0 }
  for (const name of ['batches', ...readFeeds().feeds.map(feed => feed.name)]) {
    const rows = await lake.rows<object>(
      `select * from upstander.${name} where batch_id >= {batch:UInt32}`,
      since,
    )
    writeFileSync(join(folder, `${name}.ndjson`), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  }
}

/** Adds the night of `exportNight` once for every copy of the staff, as the last day of the last span of days. */
export const multiplyNight = async (lake: Lake, folder: string, copies: Copies): Promise<void> => {
  const span = copies.spans - 1
  for (const feed of readFeeds().feeds.filter(happens)) {
    await lake.run(`create or replace table upstander.one_copy as upstander.${feed.name}`)
    await insertAll(lake, 'upstander.one_copy', readRows(folder, feed.name))
    for (let copy = 0; copy < copies.staff; copy++) await addCopy(lake, feed, copies, { span, copy })
  }
  await lake.run('create or replace table upstander.one_copy as upstander.batches')
  await insertAll(lake, 'upstander.one_copy', readRows(folder, 'batches'))
  await lake.run(
    `insert into upstander.batches
     select * replace (batch_id + 2000000 as batch_id, min_event_at + toIntervalDay({later:UInt32}) as min_event_at, max_event_at + toIntervalDay({later:UInt32}) as max_event_at)
     from upstander.one_copy where has({feeds:Array(String)}, toString(feed))`,
    {
      later: span * copies.days,
      feeds: readFeeds()
        .feeds.filter(happens)
        .map(feed => feed.name),
    },
  )
  await lake.run('drop table upstander.one_copy')
}

const readRows = (folder: string, name: string): object[] => {
  const file = join(folder, `${name}.ndjson`)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as object)
}

const insertAll = async (lake: Lake, table: string, rows: readonly object[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await lake.insert(table, rows.slice(at, at + rowsAtOnce))
}
