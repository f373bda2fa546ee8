import { AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { refused } from './inspect-file.ts'
import type { SourceFile } from './find-files.ts'

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
  if (lake.mode === 'server') {
    throw refused(file, 'is a Parquet file, which a lake on a server cannot be sent. Supply it as CSV')
  }
  try {
    const columns = await lake.rows<{ name: string; type: string }>(`describe table file('${link}', Parquet)`)
    return columns.map(({ name, type }) => ({
      name,
      text: asText(`\`${name.replaceAll('`', '\\`')}\``, type),
    }))
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw refused(file, 'is no whole Parquet file. Supply it again', cause)
  }
}

const asText = (column: string, type: string): string => {
  const text = type.includes('DateTime')
    ? `formatDateTime(toDateTime64(${column}, 0, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`
    : `toString(${column})`
  return `ifNull(${text}, '')`
}
