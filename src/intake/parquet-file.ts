import { AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { withScratchLake, type ScratchLake } from '../lake/scratch-lake.ts'
import type { SourceFile } from './find-files.ts'
import { refused } from './inspect-file.ts'

/** A column of a Parquet file, with the SQL that turns its values into the text a CSV file would hold. */
export type ParquetColumn = { readonly name: string; readonly text: string }

/**
 * Names and types of a Parquet file's columns.
 * @param link path of the file, without letters that the lake would read as a pattern
 * @throws AppError FILE_REFUSED where it is no Parquet file
 */
export const parquetColumns = async (
  lake: Lake,
  file: SourceFile,
  link: string,
): Promise<ParquetColumn[]> => {
  const describe = (reader: Pick<ScratchLake, 'rows'>) =>
    reader.rows<{ name: string; type: string }>(`describe table file('${link}', Parquet)`)
  try {
    const columns = await (lake.mode === 'server' ? withScratchLake(describe) : describe(lake))
    return columns.map(({ name, type }) => ({
      name,
      text: asText(`\`${name.replaceAll('`', '\\`')}\``, type),
    }))
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw refused(file, 'is no whole Parquet file. Supply it again', cause)
  }
}

/** SQL for the rows of a Parquet file as text, the number of the row before each. */
export const parquetRows = (link: string, cells: readonly string[]): string =>
  `select rowNumberInAllBlocks() + 1, ${cells.join(', ')} from file('${link}', Parquet)`

/** Settings that keep the rows of a Parquet file in their order. */
export const parquetSettings = 'max_threads = 1, input_format_parquet_preserve_order = 1'

/** Writes the rows of a Parquet file as CSV, the number of the row before each: what a lake on a server can be sent. */
export const writeParquetAsCsv = (link: string, cells: readonly string[], csv: string): Promise<void> =>
  withScratchLake(scratch =>
    scratch.run(
      `insert into function file('${csv}', CSV) ${parquetRows(link, cells)} settings ${parquetSettings}`,
    ),
  )

const asText = (column: string, type: string): string => {
  const text = type.includes('DateTime')
    ? `formatDateTime(toDateTime64(${column}, 0, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`
    : `toString(${column})`
  return `ifNull(${text}, '')`
}
