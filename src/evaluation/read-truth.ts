import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'
import { columnNames, legitimateRoleShape, offenceShape, truthFiles, type Truth } from './truth.ts'

const manyFaults = 10

/**
 * Reads a truth folder: a file of offences and, where there is one, of legitimate roles, as CSV or JSON. The folder that
 * holds a folder `truth` will do.
 * @throws AppError TRUTH_INVALID listing the faults by file and line
 */
export const readTruth = async (lake: Lake, dir: string): Promise<Truth> => {
  const folder = existsSync(join(dir, 'truth')) ? join(dir, 'truth') : dir
  const offences = findFile(folder, truthFiles.offences)
  if (offences === undefined)
    throw new AppError(
      'TRUTH_INVALID',
      `${folder} has no file ${truthFiles.offences.map(name => `${name}.csv`).join(', ')} (or .json). It says who offends, a row for each victim.`,
    )
  const roles = findFile(folder, truthFiles.roles)
  const truth = {
    offences: await readRows(lake, offences, offenceShape),
    roles: roles === undefined ? [] : await readRows(lake, roles, legitimateRoleShape),
  }
  const offenders = new Set(truth.offences.map(each => each.staff_id))
  const both = truth.roles.filter(each => offenders.has(each.staff_id))
  if (both.length > 0)
    throw new AppError(
      'TRUTH_INVALID',
      `These members of staff are called offenders and innocent: ${both.map(each => each.staff_id).join(', ')}. Take them out of one file.`,
    )
  return truth
}

const findFile = (folder: string, names: readonly string[]): string | undefined =>
  names.flatMap(name => [join(folder, `${name}.csv`), join(folder, `${name}.json`)]).find(existsSync)

const readRows = async <Shape extends z.ZodType>(
  lake: Lake,
  file: string,
  shape: Shape,
): Promise<z.output<Shape>[]> => {
  const parsed = z.array(shape).safeParse((await rowsOf(lake, file)).map(named))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => {
    const [at = 0, column = ''] = path
    return `  ${basename(file)} row ${String(Number(at) + 1)}: ${String(column)} ${message}`
  })
  const more = faults.length > manyFaults ? `\n  and ${String(faults.length - manyFaults)} more` : ''
  throw new AppError(
    'TRUTH_INVALID',
    `The truth cannot be read:\n${faults.slice(0, manyFaults).join('\n')}${more}\nRows count from 1 below the header. docs/reference/truth.md tells what each column holds.`,
  )
}

/** Every value as text; the lake reads the CSV, so that quotes and line ends are taken as intake takes them. */
const rowsOf = async (lake: Lake, file: string): Promise<Record<string, unknown>[]> => {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') throw new AppError('TRUTH_INVALID', `${file} is empty: there is not even a header.`)
  try {
    return file.endsWith('.json')
      ? z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(text))
      : await lake.rows(
          `select * from format('CSVWithNames', {text:String})
           settings log_queries = 0, input_format_csv_use_best_effort_in_schema_inference = 0`,
          { text },
        )
  } catch (cause) {
    throw new AppError(
      'TRUTH_INVALID',
      `${file} cannot be read as ${file.endsWith('.json') ? 'a JSON list of objects' : 'CSV with a header'}: ${messageOf(cause).slice(0, 300)}`,
      { cause },
    )
  }
}

const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** A row under the contract's own column names; what is empty is absent, so that it counts as not known. */
const named = (row: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([given, value]) => {
      const text = value == null ? '' : Array.isArray(value) ? value.join(' ') : plain.parse(value)
      const name = given
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_')
      const known = Object.entries(columnNames).find(([own, others]) => own === name || others.includes(name))
      // Traces alone tell by being empty: the records hold nothing of it.
      if (known === undefined || (text.trim() === '' && known[0] !== 'traces')) return []
      return [[known[0], text.trim()]]
    }),
  )
