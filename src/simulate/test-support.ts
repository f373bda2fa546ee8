import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Field = {
  readonly name: string
  readonly type: string
  readonly constraints?: {
    readonly required?: boolean
    readonly enum?: readonly string[]
    readonly minimum?: number
    readonly maximum?: number
  }
}
/** A feed of the record contract, as a plain reader of it sees it. */
export type Feed = {
  readonly name: string
  readonly path: string
  readonly key: readonly string[]
  readonly fields: readonly Field[]
}

/** The contract that a package carries. */
export const readContract = (folder: string): Feed[] => {
  const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
    resources: { name: string; path: string; schema: { fields: Field[]; primaryKey: string[] } }[]
  }
  return resources.map(({ name, path, schema }) => ({
    name,
    path,
    key: schema.primaryKey,
    fields: schema.fields,
  }))
}

/** Rows of a CSV file by column name. Knows quotes, but not line ends within them. */
export const readCsv = (file: string): Readonly<Record<string, string>>[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const columns = header.split(',')
  return lines.map(line => {
    const cells = line.includes('"') ? splitQuoted(line) : line.split(',')
    if (cells.length !== columns.length) throw new Error(`${file}: ${cells.length} cells in ${line}`)
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

const splitQuoted = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )

const shapes: Readonly<Record<string, RegExp>> = {
  string: /^[^\r]*$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  number: /^-?\d+(\.\d+)?$/,
  integer: /^-?\d+$/,
  boolean: /^(true|false)$/,
}

/** Everything in a feed's file that the contract does not allow. */
export const faultsOf = (folder: string, { path, key, fields }: Feed): string[] => {
  const faults: string[] = []
  const seen = new Set<string>()
  const rows = readCsv(join(folder, path))
  for (const [at, row] of rows.entries()) {
    const id = key.map(column => row[column]).join('|')
    if (seen.has(id)) faults.push(`row ${at}: key ${id} twice`)
    seen.add(id)
    for (const { name, type, constraints } of fields) {
      const value = row[name]
      const fault =
        value === undefined
          ? 'no such column'
          : value === ''
            ? constraints?.required === true
              ? 'is missing'
              : ''
            : !(shapes[type]?.test(value) ?? false)
              ? `is not a ${type}`
              : constraints?.enum && !constraints.enum.includes(value)
                ? 'is not an allowed value'
                : Number(value) < (constraints?.minimum ?? -Infinity) ||
                    Number(value) > (constraints?.maximum ?? Infinity)
                  ? 'is out of range'
                  : ''
      if (fault !== '') faults.push(`row ${at}: ${name} ${fault} (${value ?? ''})`)
      if (
        /_address$|^number$|^personal_number$/.test(name) &&
        value &&
        !/^(\+44\d{10}|[\w.-]+@[\w.-]+)$/.test(value)
      )
        faults.push(`row ${at}: ${name} is neither E.164 nor a mailbox (${value})`)
    }
    const [start, finish] = [
      row['start_at'] ?? row['from_at'] ?? row['assigned_at'],
      row['end_at'] ?? row['to_at'] ?? row['left_at'],
    ]
    if (start && finish && finish < start)
      faults.push(`row ${at}: ends (${finish}) before it starts (${start})`)
  }
  return faults
}
