import { lakeDatabase, type Lake, type LakeParams } from '../lake/lake.ts'
import { columnType } from './feed-tables.ts'
import type { Feed } from './feeds.ts'
import { createRareTable, type StagingNames } from './staging-tables.ts'

/** How the rows of a batch meet what is there: in the file itself and in the feed. */
export type Resolution = {
  /** Rows left out because a later line of the file has the same key. */
  readonly repeated: number
  /** Rows that the feed has already, word for word. */
  readonly unchanged: number
  /** Rows of the feed that the batch replaces. */
  readonly replaced: number
}

/** Rows compared at once: bounds the memory of a comparison between two large sets. */
const shardRows = 5_000_000

/**
 * Leaves in the staging table only what is new: of rows with one key the last line, and none that the feed already has.
 * What a row replaces, in the file or in the feed, is set aside for the audit. Changes nothing outside the staging.
 */
export const resolveRows = async (
  lake: Lake,
  feed: Feed,
  names: StagingNames,
  batchId: number,
): Promise<Resolution> => {
  const repeated = await resolveRepeats(lake, feed, names)
  const met = await resolveAgainstFeed(lake, feed, names, batchId)
  return { repeated, ...met }
}

const resolveRepeats = async (lake: Lake, feed: Feed, names: StagingNames): Promise<number> => {
  const key = feed.primaryKey.join(', ')
  // Rows lie in the order of their key, so equal keys are neighbours: far cheaper than counting every key.
  const before = feed.primaryKey.map((name, index) => `lagInFrame(${name}) over in_order as before_${index}`)
  const isRepeat = feed.primaryKey.map((name, index) => `${name} = before_${index}`).join(' and ')
  const repeats = `(select ${key}, ${before.join(', ')} from ${names.rows}
    window in_order as (order by ${key} rows between 1 preceding and current row)) where ${isRepeat}`
  // A first row has no row before it: where its key is of empty values, the default of nothing looks like a repeat.
  if ((await count(lake, `select count() as n from ${repeats}`)) === 0) return 0
  await createRareTable(lake, feed, names, 'repeats')
  await lake.run(`insert into ${names.repeats}
    select ${key}, max(line) as keep, argMax(${contentHash(feed)}, line) as kept, count() as times
    from ${names.rows} where (${key}) in (select ${key} from ${repeats}) group by ${key} having times > 1`)
  const repeated = await count(lake, `select sum(times) - count() as n from ${names.repeats}`)
  if (repeated === 0) return 0
  await createRareTable(lake, feed, names, 'replaced')
  await lake.run(`insert into ${names.replaced}
    select ${qualified(feed, 'one')}, ${keyText(feed, 'one')}, ${rowText(feed, 'one')}, one.batch_id, one.line
    from ${names.rows} as one inner join ${names.repeats} as many on ${sameKey(feed, 'one', 'many')}
    where one.line != many.keep and ${contentHash(feed, 'one')} != many.kept`)
  await lake.run(`delete from ${names.rows}
    where (${key}) in (select ${key} from ${names.repeats}) and line not in (select keep from ${names.repeats})`)
  return repeated
}

const resolveAgainstFeed = async (
  lake: Lake,
  feed: Feed,
  names: StagingNames,
  batchId: number,
): Promise<{ unchanged: number; replaced: number }> => {
  const table = `${lakeDatabase}.${feed.name}`
  const [{ there, staged } = { there: 0, staged: 0 }] = await lake.rows<{ there: number; staged: number }>(
    `select (select count() from ${table}) as there, (select count() from ${names.rows}) as staged`,
  )
  if (there === 0 || staged === 0) return { unchanged: 0, replaced: 0 }
  // Where the key holds the event time, rows outside the file's span cannot share a key with it.
  const time =
    feed.eventTime && feed.primaryKey.includes(feed.eventTime.name) ? feed.eventTime.name : undefined
  const span =
    time === undefined
      ? ''
      : `old.${time} between (select min(${time}) from ${names.rows}) and (select max(${time}) from ${names.rows})`
  const near =
    span === '' ? there : await count(lake, `select count() as n from ${table} as old where ${span}`)
  const shards = Math.ceil(Math.min(near, staged) / shardRows)
  await createRareTable(lake, feed, names, 'met')
  for (let shard = 0; shard < shards; shard += 1) {
    const only = (side: string): string =>
      shards === 1 ? '1' : `cityHash64(${qualified(feed, side)}) % ${shards} = ${shard}`
    await lake.run(`insert into ${names.met}
      select new.line, ${contentHash(feed, 'old')} = ${contentHash(feed, 'new')} as same
      from ${table} as old inner join ${names.rows} as new on ${sameKey(feed, 'old', 'new')}
      where ${span === '' ? '1' : span} and ${only('old')} and ${only('new')}
      settings join_algorithm = '${joinFor(near, staged)}'`)
  }
  const [met = { unchanged: 0, corrected: 0 }] = await lake.rows<{ unchanged: number; corrected: number }>(
    `select countIf(same) as unchanged, countIf(not same) as corrected from ${names.met}`,
  )
  const replaced = met.corrected === 0 ? 0 : await putAside(lake, feed, names, batchId)
  if (met.unchanged === staged) await lake.run(`truncate table ${names.rows}`)
  else if (met.unchanged > 0) {
    await lake.run(`delete from ${names.rows} where line in (select line from ${names.met} where same)`)
  }
  return { unchanged: met.unchanged, replaced }
}

/** Keeps the rows of the feed that the batch corrects; how many they are. */
const putAside = async (lake: Lake, feed: Feed, names: StagingNames, batchId: number): Promise<number> => {
  const key = feed.primaryKey.join(', ')
  await createRareTable(lake, feed, names, 'replaced')
  await lake.run(`insert into ${names.replaced}
    select ${qualified(feed, 'old')}, ${keyText(feed, 'old')}, ${rowText(feed, 'old')}, old.batch_id, old.line
    from ${lakeDatabase}.${feed.name} as old
    where (${key}) in (select ${key} from ${names.rows} where line in (select line from ${names.met} where not same))`)
  return count(lake, `select count() as n from ${names.replaced} where batch_id != {id:UInt32}`, {
    id: batchId,
  })
}

/** Two large sets that both lie in the order of their key are merged; a small one is looked up in the large one. */
const joinFor = (one: number, other: number): string =>
  Math.min(one, other) > 500_000 ? 'full_sorting_merge' : 'default'

const count = async (lake: Lake, sql: string, params: LakeParams = {}): Promise<number> => {
  const [row] = await lake.rows<{ n: number | null }>(sql, params)
  return row?.n ?? 0
}

const qualified = (feed: Feed, side: string): string =>
  feed.primaryKey.map(name => `${side}.${name}`).join(', ')

const sameKey = (feed: Feed, left: string, right: string): string =>
  feed.primaryKey.map(name => `${left}.${name} = ${right}.${name}`).join(' and ')

const keyText = (feed: Feed, side: string): string =>
  `arrayStringConcat([${feed.primaryKey.map(name => `toString(${side}.${name})`).join(', ')}], ':') as key`

/** Two rows with one hash are the same in every field. A tuple is hashed so that NULL counts as a value of its own. */
const contentHash = (feed: Feed, side?: string): string => {
  const prefix = side === undefined ? '' : `${side}.`
  return `sipHash64(tuple(${feed.fields.map(field => `${prefix}${field.name}`).join(', ')}))`
}

/** A row as JSON, in the order of the contract. */
const rowText = (feed: Feed, side: string): string => {
  const values = feed.fields.map(field => `${side}.${field.name}`).join(', ')
  const types = feed.fields.map(field => `${field.name} ${columnType(field)}`).join(', ')
  return `toJSONString(CAST(tuple(${values}), 'Tuple(${types.replaceAll("'", "\\'")})')) as row`
}
