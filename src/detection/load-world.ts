import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../core/project-root.ts'
import { createFeedTables } from '../intake/feed-tables.ts'
import { readFeeds, type Feed } from '../intake/feeds.ts'
import { lakeDatabase, type Lake } from '../lake/lake.ts'
import { expandWorld, type LakeRow, type World } from './record-world.ts'

/** Puts a world's rows into the lake, with a batch a feed as intake would book it, so that detection sees what changed. */
export const loadRecords = (lake: Lake, world: World): Promise<void> => loadRows(lake, expandWorld(world))

/** Puts rows that are spelt out already into the lake, in one batch a feed. Makes the tables where they are missing. */
export const loadRows = async (lake: Lake, rows: ReadonlyMap<string, readonly LakeRow[]>): Promise<void> => {
  const { feeds } = readFeeds()
  await createFeedTables(lake, feeds)
  const [newest] = await lake.rows<{ batch: number }>(
    `select max(batch_id) as batch from ${lakeDatabase}.batches`,
  )
  let batch = newest?.batch ?? 0
  for (const feed of feeds) {
    const own = rows.get(feed.name) ?? []
    if (own.length === 0) continue
    batch += 1
    await lake.insert(
      `${lakeDatabase}.${feed.name}`,
      own.map((row, line) => ({ ...row, batch_id: batch, line: line + 1 })),
    )
    await lake.insert(`${lakeDatabase}.batches`, [batchOf(feed, own, batch)])
  }
}

const batchOf = (feed: Feed, rows: readonly LakeRow[], batch: number): object => {
  const times = rows.map(row => eventAt(feed, row)).filter(at => at !== undefined)
  const { min, max } = times.reduce(
    (span, at) => ({ min: at < span.min ? at : span.min, max: at > span.max ? at : span.max }),
    { min: times[0] ?? '', max: times[0] ?? '' },
  )
  return {
    batch_id: batch,
    feed: feed.name,
    file: `${feed.name}.csv`,
    rows: rows.length,
    accepted: rows.length,
    started_at: '2025-01-01 00:00:00',
    committed_at: '2025-01-01 00:00:00',
    ...(times.length === 0 ? {} : { min_event_at: min, max_event_at: max }),
  }
}

/** When a row happened, `YYYY-MM-DD HH:MM:SS`; undefined where its feed describes what lasts. */
export const eventAt = (feed: Feed, row: LakeRow): string | undefined => {
  const value = feed.eventTime && row[feed.eventTime.name]
  return typeof value === 'string' ? (value.length === 10 ? `${value} 00:00:00` : value) : undefined
}

/** Takes every record out of the lake, and the memory of detection runs, so that the next world starts afresh. */
export const emptyRecords = async (lake: Lake): Promise<void> => {
  const names = [...readFeeds().feeds.map(feed => feed.name), 'batches', 'intake_journal', 'detection_runs']
  const filled = await lake.rows<{ name: string }>(
    'select name from system.tables where database = {database:String} and total_rows > 0 and has({names:Array(String)}, name)',
    { database: lakeDatabase, names },
  )
  for (const { name } of filled) await lake.run(`truncate table ${lakeDatabase}.${name}`)
}

/** Writes a world as a Data Package: a CSV file for each feed that has rows, and the contract beside them. */
export const writePackage = (dir: string, world: World): void => {
  mkdirSync(dir, { recursive: true })
  const rows = expandWorld(world)
  const contract = JSON.parse(
    readFileSync(join(projectRoot, 'content', 'feeds', 'datapackage.json'), 'utf8'),
  ) as { resources: { name: string; path: string }[] }
  const resources = contract.resources.filter(resource => rows.has(resource.name))
  writeFileSync(join(dir, 'datapackage.json'), JSON.stringify({ ...contract, resources }, null, 2))
  const { feeds } = readFeeds()
  for (const { name, path } of resources) {
    const fields = feeds.find(feed => feed.name === name)?.fields ?? []
    const lines = (rows.get(name) ?? []).map(row =>
      fields.map(field => quoted(textOf(row[field.name], field.type))).join(','),
    )
    writeFileSync(join(dir, path), [fields.map(field => field.name).join(','), ...lines, ''].join('\n'))
  }
}

const textOf = (value: string | number | boolean | undefined, type: string): string =>
  value === undefined ? '' : type === 'datetime' ? `${String(value).replace(' ', 'T')}Z` : String(value)

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
