import type { Lake } from '../lake/lake.ts'
import { columnType, feedColumns, feedEngine, stagingDatabase } from './feed-tables.ts'
import type { Feed, FeedBook, FeedField } from './feeds.ts'
import { sqlText } from './sql-text.ts'
import { swappedCoordinates, swappedSentence } from './swapped-coordinates.ts'
import { valueRule, type Latest } from './value-rules.ts'

/** Names of the tables in which one batch waits. */
export type StagingNames = {
  /** Takes the file's rows as text and keeps nothing: two views carry each row on. */
  readonly raw: string
  readonly typed: string
  /** Good rows, shaped as the feed's own table. */
  readonly rows: string
  readonly rejects: string
  readonly notes: string
  /** Where the lines of rejected rows really are, when quoted values span lines. */
  readonly lines: string
  /** Rows that the batch replaces, kept for the audit. */
  readonly replaced: string
  /** Keys that come more than once in the file. */
  readonly repeats: string
  /** Rows of the file whose key the feed has, and whether word for word the same. */
  readonly met: string
}

/** Every staging table of a batch starts so. */
export const stagingPrefix = (batchId: number): string => `b${batchId}_`

/** The staging tables of a batch. */
export const stagingNames = (batchId: number): StagingNames => {
  const name = (part: string): string => `${stagingDatabase}.${stagingPrefix(batchId)}${part}`
  return {
    raw: name('raw'),
    typed: name('typed'),
    rows: name('rows'),
    rejects: name('rejects'),
    notes: name('notes'),
    lines: name('lines'),
    replaced: name('replaced'),
    repeats: name('repeats'),
    met: name('met'),
  }
}

export type StagedFile = {
  readonly batchId: number
  readonly feed: Feed
  readonly homeArea: FeedBook['homeArea']
  /** Names as the file gives them, in its order. */
  readonly header: readonly string[]
  readonly places: ReadonlyMap<FeedField, number>
  readonly latest: Latest
}

/**
 * Makes the tables and views through which a file's rows pass once: text → typed values with a verdict → good rows,
 * rejects (a sentence for each fault) and notes (odd spellings that were accepted).
 */
export const createStagingTables = async (lake: Lake, file: StagedFile): Promise<StagingNames> => {
  const names = stagingNames(file.batchId)
  const { feed, header } = file
  const fields = [...file.places.keys()]
  const rules = fields.map(field => ({ field, ...valueRule(field, file.latest) }))
  const swapped = swappedCoordinates(feed, new Set(fields.map(field => field.name)), file.homeArea)
  const cells = header.map((_, place) => `c${place + 1}`)
  const tables: readonly [string, string][] = [
    [names.raw, `(${rawColumns(header.length)}) engine = Null`],
    [
      names.typed,
      `(line UInt32, ${cells.map(cell => `${cell} String`).join(', ')}, shape String,
        ${rules.map(({ field }) => `v_${field.name} ${valueType(field)}`).join(', ')}, ok Bool, noted Bool) engine = Null`,
    ],
    [names.rows, `(${feedColumns(feed)}) engine = ${feedEngine(feed)}`],
    [
      names.rejects,
      '(line UInt32, field String, value String, reason String, row String) engine = MergeTree order by line',
    ],
    [names.notes, '(field String, number UInt64, example String) engine = Memory'],
  ]
  for (const [name, definition] of tables) await lake.run(`create table ${name} ${definition}`)

  const place = (field: FeedField): string => `c${(file.places.get(field) ?? 0) + 1}`
  const ok = [
    "shape = ''",
    ...rules.map(rule => `(${rule.ok})`),
    ...(swapped ? [`not ${swapped.condition}`] : []),
  ]
  await lake.run(`create materialized view ${names.raw}_to_typed to ${names.typed} as
    select line, ${cells.join(', ')}, shape, ${fields.map(field => `v_${field.name}`).join(', ')},
      ${ok.join('\n and ')} as ok, ${rules.map(rule => `ifNull(${rule.noted}, 0)`).join(' or ')} as noted
    from (select *, ${rules.map(({ field, value }) => `${value} as v_${field.name}`).join(',\n ')}
      from (select *, ${fields.map(field => `${place(field)} as r_${field.name}`).join(', ')}
        from (select line, ${rawCells(header.length).join(', ')}, ${shapeOf(header.length)} as shape from ${names.raw} as raw)
        where shape != 'blank'))`)
  await lake.run(`create materialized view ${names.typed}_to_rows to ${names.rows} as
    select ${fields.map(field => `${stored(field)} as ${field.name}`).join(', ')}, toUInt32(${file.batchId}) as batch_id, line
    from ${names.typed} where ok`)

  const faults = [
    `('', '', ${shapeFault(header.length)})`,
    ...rules.map(({ field, fault }) => `(${sqlText(field.name)}, r_${field.name}, ${fault})`),
    ...(swapped
      ? [
          `(${sqlText(swapped.field)}, r_${swapped.field}, if(${swapped.condition}, ${sqlText(swappedSentence)}, ''))`,
        ]
      : []),
  ]
  const named = `*, ${fields.map(field => `${place(field)} as r_${field.name}`).join(', ')}`
  await lake.run(`create materialized view ${names.typed}_to_rejects to ${names.rejects} as
    select line, fault.1 as field, fault.2 as value, fault.3 as reason, row from (
      select line, arrayJoin(arrayFilter(x -> x.3 != '', [${faults.join(',\n ')}])) as fault,
        toJSONString(map(${header.map((name, index) => `${sqlText(name)}, c${index + 1}`).join(', ')})) as row
      from (select ${named} from ${names.typed} where not ok))`)
  const odd = rules.filter(rule => rule.noted !== '0')
  await lake.run(`create materialized view ${names.typed}_to_notes to ${names.notes} as
    select field, count() as number, any(value) as example from (
      select arrayJoin(arrayFilter(x -> x.3, [${odd.map(({ field, noted }) => `(${sqlText(field.name)}, r_${field.name}, ifNull(${noted}, 0))`).join(', ')}])) as note,
        note.1 as field, note.2 as value
      from (select ${named} from ${names.typed} where noted and ok)) group by field`)
  return names
}

/** Tables a batch needs only where something in it is amiss or was there before: most files do without, and each costs time. */
type RareTable = 'lines' | 'replaced' | 'repeats' | 'met'

/** Makes one of a batch's rare tables, unless it is there. */
export const createRareTable = (
  lake: Lake,
  feed: Feed,
  names: StagingNames,
  table: RareTable,
): Promise<void> => {
  const keys = feed.fields
    .filter(field => feed.primaryKey.includes(field.name))
    .map(field => `${field.name} ${columnType(field)}`)
    .join(', ')
  const definitions = {
    lines: '(line UInt32, real_line UInt32) engine = MergeTree order by line',
    replaced: `(${keys}, key String, row String, batch_id UInt32, line UInt32) engine = MergeTree order by (batch_id, line)`,
    repeats: `(${keys}, keep UInt32, kept UInt64, times UInt64) engine = MergeTree order by tuple()`,
    met: '(line UInt32, same Bool) engine = MergeTree order by line',
  } as const satisfies Record<RareTable, string>
  return lake.run(`create table if not exists ${names[table]} ${definitions[table]}`)
}

/**
 * Columns of the table that takes a file's rows: the line, one text for each column of the header, and one beyond. The
 * last is NULL where a row is short, the one beyond is not where a row is long.
 */
export const rawColumns = (columns: number): string =>
  [
    'line UInt32',
    ...Array.from({ length: columns - 1 }, (_, index) => `c${index + 1} String`),
    `c${columns} Nullable(String)`,
    'beyond Nullable(String)',
  ].join(', ')

const rawCells = (columns: number): string[] =>
  Array.from({ length: columns }, (_, index) =>
    index + 1 === columns ? `ifNull(raw.c${columns}, '') as c${columns}` : `c${index + 1}`,
  )

const shapeOf = (columns: number): string => {
  const blank = Array.from({ length: columns - 1 }, (_, index) => `c${index + 1} = ''`)
  return `multiIf(isNotNull(beyond), 'long', isNotNull(raw.c${columns}), '', ${blank.join(' and ')}, 'blank', 'short')`
}

const valueType = (field: FeedField): string =>
  field.type === 'string' ? 'String' : columnType({ ...field, required: false })

/** A good row's value as the feed stores it: what the contract requires is there, so it is no longer Nullable. */
const stored = (field: FeedField): string =>
  field.required && field.type !== 'string' && field.type !== 'boolean'
    ? `assumeNotNull(v_${field.name})`
    : `v_${field.name}`

const shapeFault = (columns: number): string => `multiIf(
  shape = 'short', 'the row has fewer than the ${columns} values the header names',
  shape = 'long', 'the row has more than the ${columns} values the header names: put a value that holds a separator in double quotes', '')`
