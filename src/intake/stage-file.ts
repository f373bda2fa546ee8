import { createReadStream, createWriteStream, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf, type AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { stagingDatabase } from './feed-tables.ts'
import type { SourceFile } from './find-files.ts'
import { numberedRecords, replaceSeparator } from './record-lines.ts'
import { decompressed, refused, type Inspection } from './inspect-file.ts'
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
  const work = mkdtempSync(join(tmpdir(), 'upstander-intake-'))
  try {
    // A plain name in a folder of our own: the lake would read braces and stars in a path as a pattern.
    const link = join(work, `file.${file.kind}`)
    const asIs =
      file.kind === 'parquet' || (reading.inspection.encoding === 'utf-8' && reading.separator !== '\t')
    if (asIs) symlinkSync(resolve(file.path), link)
    else if (lake.mode === 'embedded') await pipeline(readableText(reading), createWriteStream(link))
    await insertRows(reading, link, asIs ? file.compression : 'none')
  } catch (thrown) {
    throw asRefusal(file, thrown) ?? thrown
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
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

const insertRows = async (reading: Reading, link: string, compression: string): Promise<void> => {
  const { lake, file, names } = reading
  if (file.kind === 'parquet') {
    await lake.run(`insert into ${names.raw}
      select rowNumberInAllBlocks() + 1, ${reading.parquetCells.join(', ')}, null from file('${link}', Parquet)
      settings max_threads = 1, input_format_parquet_preserve_order = 1, parallel_view_processing = 1`)
    return
  }
  const settings = `settings input_format_csv_allow_variable_number_of_columns = 1,
    format_csv_delimiter = '${laidSeparator(reading.separator)}', format_csv_null_representation = '${noCell}',
    input_format_csv_empty_as_default = 0, input_format_csv_trim_whitespaces = 0, parallel_view_processing = 1`
  if (lake.mode === 'server') {
    const records = numberedRecords(readableText(reading), laidSeparator(reading.separator))
    await lake.send(`insert into ${names.raw} ${settings} format CSV`, Readable.from(records))
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
