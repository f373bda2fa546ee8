import { createReadStream, createWriteStream, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, type AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { stagingDatabase } from './feed-tables.ts'
import type { SourceFile } from './find-files.ts'
import { numberedRecords, replaceSeparator } from './record-lines.ts'
import { decompressed, refused, type Inspection } from './inspect-file.ts'
import { parquetRows, parquetSettings, writeParquetAsCsv } from './parquet-file.ts'
import { withWorkFolder } from './work-folder.ts'
import { rawColumns, stagingPrefix, type StagingNames } from './staging-tables.ts'

type Reading = {
  readonly lake: Lake
  readonly file: SourceFile
  readonly inspection: Inspection
  readonly separator: string
  /** How many columns the header names. */
  readonly columns: number
  /** SQL that turns each column of a Parquet file into text; empty for CSV. */
  readonly parquetCells: readonly string[]
  readonly names: StagingNames
}

/** Text that no cell holds: a cell of `\N` is two letters, not a missing value. */
const noCell = String.raw`\x01\x01`

/**
 * Reads a file's rows into its staging tables in one pass. The embedded lake reads the file itself; a server is sent it.
 * @throws AppError FILE_REFUSED where the file breaks off or cannot be read as rows
 */
export const stageRows = async (reading: Reading): Promise<void> => {
  const { lake, file } = reading
  await withWorkFolder(async work => {
    // A plain name in a folder of our own: the lake would read braces and stars in a path as a pattern.
    const link = join(work, `file.${file.kind}`)
    const asIs =
      file.kind === 'parquet' || (reading.inspection.encoding === 'utf-8' && reading.separator !== '\t')
    try {
      if (asIs) symlinkSync(resolve(file.path), link)
      else if (lake.mode === 'embedded') await pipeline(readableText(reading), createWriteStream(link))
      await insertRows(reading, work, link, asIs ? file.compression : 'none')
    } catch (thrown) {
      throw asRefusal(file, thrown) ?? thrown
    }
  })
  for (const view of ['raw_to_typed', 'typed_to_rows', 'typed_to_rejects', 'typed_to_notes']) {
    await lake.run(`drop view if exists ${reading.names.raw.replace(/raw$/, view)} sync`)
  }
}

/** Drops whatever is left of a batch's staging. */
export const dropStaging = async (lake: Lake, batchId: number): Promise<void> => {
  const tables = await lake.rows<{ name: string; engine: string }>(
    'select name, engine from system.tables where database = {database:String} and startsWith(name, {prefix:String})',
    { database: stagingDatabase, prefix: stagingPrefix(batchId) },
  )
  // Views first: a view without its source cannot be dropped cleanly on every version.
  const views = tables.filter(table => table.engine === 'MaterializedView')
  for (const { name } of [...views, ...tables.filter(table => !views.includes(table))]) {
    await lake.run(`drop table if exists ${stagingDatabase}.${name} sync`)
  }
}

const insertRows = async (
  reading: Reading,
  work: string,
  link: string,
  compression: string,
): Promise<void> => {
  const { lake, file, names } = reading
  if (file.kind === 'parquet' && lake.mode === 'embedded') {
    await lake.run(`insert into ${names.raw} select *, null from (${parquetRows(link, reading.parquetCells)})
      settings ${parquetSettings}, parallel_view_processing = 1`)
    return
  }
  const settings = `settings input_format_csv_allow_variable_number_of_columns = 1,
    format_csv_delimiter = '${laidSeparator(reading.separator)}', format_csv_null_representation = '${noCell}',
    input_format_csv_empty_as_default = 0, input_format_csv_trim_whitespaces = 0, parallel_view_processing = 1`
  if (lake.mode === 'server') {
    const csv = join(work, 'rows.csv')
    if (file.kind === 'parquet') await writeParquetAsCsv(link, reading.parquetCells, csv)
    const records =
      file.kind === 'parquet'
        ? createReadStream(csv)
        : Readable.from(numberedRecords(readableText(reading), laidSeparator(reading.separator)))
    await lake.send(`insert into ${names.raw} ${settings} format CSV`, records)
    return
  }
  const structure = rawColumns(reading.columns).replace('line UInt32, ', '')
  await lake.run(`insert into ${names.raw} select rowNumberInAllBlocks() + 2, *
    from file('${link}', CSV, '${structure}', '${compression}') ${settings}, input_format_csv_skip_first_lines = 1`)
}

/** The lake reads no CSV separated by tabs: they are changed to a letter that no text holds. */
const laidSeparator = (separator: string): string => (separator === '\t' ? '\x1f' : separator)

const readableText = (reading: Reading): Readable => {
  const bytes = utf8Bytes(reading.file, reading.inspection)
  return reading.separator === '\t'
    ? Readable.from(replaceSeparator(bytes, reading.separator, laidSeparator(reading.separator)))
    : bytes
}

/** A file's text as UTF-8 bytes, unpacked, whatever it was written in. */
export const utf8Bytes = (file: SourceFile, inspection: Inspection): Readable => {
  const bytes = decompressed(file, createReadStream(file.path, { highWaterMark: 1 << 20 }))
  if (inspection.encoding === 'utf-8') return bytes
  return Readable.from(decoded(bytes, inspection.encoding))
}

async function* decoded(bytes: Readable, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    yield Buffer.from(decoder.decode(chunk, { stream: true }))
  }
  yield Buffer.from(decoder.decode())
}

/** The lake says where reading broke off; anything else that goes wrong there is no fault of the file. */
const asRefusal = (file: SourceFile, thrown: unknown): AppError | undefined => {
  const fault = messageOf(thrown)
  if (!/cannot parse|CANNOT_|INCORRECT_DATA|inflate|zstd|Parquet|UNEXPECTED_END_OF_FILE/i.test(fault))
    return undefined
  const row = /\(at row (\d+)\)/.exec(fault)?.[1]
  if (file.kind === 'parquet') return refused(file, 'is no whole Parquet file. Supply it again', thrown)
  return refused(
    file,
    `cannot be read${row === undefined ? '' : ` from line ${Number(row) + 1} on`}: most often a double quote stands inside a quoted value. ` +
      'Write it twice ("") and supply the file again. None of it was taken in',
    thrown,
  )
}
