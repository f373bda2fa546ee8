import { lakeDatabase, type Lake } from '../lake/lake.ts'
import type { Feed, FeedField } from './feeds.ts'

/** Where batches wait until they land: rows here are in no feed yet. */
export const stagingDatabase = `${lakeDatabase}_staging`

/**
 * The lake's type of a column. An empty string means unknown for text; other types are Nullable where the contract does
 * not require them.
 */
export const columnType = (field: FeedField): string => {
  if (field.type === 'string') return field.values ? 'LowCardinality(String)' : 'String'
  if (field.type === 'boolean') return 'Nullable(Bool)'
  const type = { date: 'Date32', datetime: "DateTime('UTC')", number: 'Float64', integer: 'Int64' }[
    field.type
  ]
  return field.required ? type : `Nullable(${type})`
}

/** Columns of a feed's table: its fields, the batch a row came with and its line in that file. */
export const feedColumns = (feed: Feed): string =>
  [
    ...feed.fields.map(field => `${field.name} ${columnType(field)}`),
    'batch_id UInt32',
    'line UInt32 default 0',
  ].join(', ')

/** The engine of a feed's table, shared with its staging tables so that whole parts can move between them. */
export const feedEngine = (feed: Feed): string => `MergeTree order by (${feed.primaryKey.join(', ')})`

const bookkeeping: Readonly<Record<string, string>> = {
  batches: `(batch_id UInt32, feed LowCardinality(String), file String, sha256 String, bytes UInt64, rows UInt64,
    accepted UInt64, rejected UInt64, unchanged UInt64, replaced UInt64, repeated UInt64, notes Array(String),
    started_at DateTime('UTC'), committed_at DateTime('UTC'),
    min_event_at Nullable(DateTime('UTC')), max_event_at Nullable(DateTime('UTC'))) engine = MergeTree order by batch_id`,
  intake_journal: `(batch_id UInt32, feed LowCardinality(String), batch String, at DateTime('UTC'))
    engine = MergeTree order by batch_id`,
  rejects: `(feed LowCardinality(String), batch_id UInt32, file LowCardinality(String), line UInt32, field LowCardinality(String),
    value String, reason String, row String) engine = MergeTree order by (feed, batch_id, line)`,
  superseded: `(feed LowCardinality(String), key String, row String, replaced_by UInt32, batch_id UInt32, line UInt32)
    engine = MergeTree order by (feed, key, replaced_by)`,
  refused_files: `(feed LowCardinality(String), file String, reason String, refused_at DateTime('UTC'))
    engine = MergeTree order by (refused_at, file)`,
  orphans: `(feed LowCardinality(String), staff_id String, rows UInt64) engine = MergeTree order by (feed, staff_id)`,
  coverage_feed_days: `(feed LowCardinality(String), day Date32, rows UInt64) engine = MergeTree order by (feed, day)`,
  coverage_staff_weeks: `(staff_id String, feed LowCardinality(String), week_on Date32, rows UInt64)
    engine = MergeTree order by (staff_id, feed, week_on)`,
}

/**
 * Makes every feed's table and intake's own books where they are missing. All feeds always have a table, supplied or not.
 * `batches` has one row for each file that landed; `superseded` keeps what a correction replaced.
 */
export const createFeedTables = async (lake: Lake, feeds: readonly Feed[]): Promise<void> => {
  await lake.run(`create database if not exists ${stagingDatabase}`)
  const there = await lake.rows<{ name: string }>(
    'select name from system.tables where database = {database:String}',
    { database: lakeDatabase },
  )
  const known = new Set(there.map(table => table.name))
  const wanted: readonly (readonly [string, string])[] = [
    ...feeds.map(feed => [feed.name, `(${feedColumns(feed)}) engine = ${feedEngine(feed)}`] as const),
    ...Object.entries(bookkeeping),
  ]
  for (const [name, definition] of wanted.filter(([name]) => !known.has(name))) {
    await lake.run(`create table if not exists ${lakeDatabase}.${name} ${definition}`)
  }
}

/** Tables that hold what was supplied, or what intake knows of it. Every other is made from them and can be made again. */
export const keptTables = (feeds: readonly Feed[]): readonly string[] => [
  ...feeds.map(feed => feed.name),
  ...Object.keys(bookkeeping),
]
