import type { Feed, FeedField } from './feeds.ts'
import { nearestName } from './nearest-name.ts'

/** How the columns of a file meet the contract. */
export type ColumnMatch = {
  readonly separator: string
  /** Names as the file gives them, in its order. */
  readonly header: readonly string[]
  /** Place of each field among the file's columns, from 0; a field the file lacks is absent. */
  readonly places: ReadonlyMap<FeedField, number>
  readonly notes: readonly string[]
  /** Why the file must be refused; empty when it can be read. */
  readonly refusals: readonly string[]
}

const separators = [
  { separator: ',', name: 'commas' },
  { separator: ';', name: 'semicolons' },
  { separator: '\t', name: 'tabs' },
  { separator: '|', name: 'upright bars' },
] as const

/** Finds separator and header in a CSV file's first lines: the separator that yields most of the contract's columns. */
export const matchCsvColumns = (feed: Feed, head: string): ColumnMatch => {
  const line = /^[^\r\n]*/.exec(head)?.[0] ?? ''
  const readings = separators.map(candidate => ({
    ...candidate,
    header: splitHeader(line, candidate.separator),
  }))
  const known = (header: readonly string[]): number =>
    feed.fields.filter(field => header.includes(field.name)).length
  const best = readings.reduce((a, b) => (known(b.header) > known(a.header) ? b : a))
  const notes =
    best.separator === ','
      ? []
      : [`Values are separated by ${best.name} and were read so. The contract asks for commas.`]
  const match = matchColumns(feed, best.header)
  return { ...match, separator: best.separator, notes: [...notes, ...match.notes] }
}

/** Sets a file's column names against the contract. */
export const matchColumns = (feed: Feed, header: readonly string[]): ColumnMatch => {
  const unknown = header.filter(name => !feed.fields.some(field => field.name === name))
  const absent = feed.fields.filter(field => !header.includes(field.name))
  const twice = feed.fields.filter(field => header.filter(name => name === field.name).length > 1)
  const refusals = [
    ...twice.map(field => `The column ${field.name} is there twice: leave one out.`),
    ...(absent.length === feed.fields.length
      ? [
          `No column of the feed ${feed.name} is there. The first line must name the columns: ${feed.fields.map(field => field.name).join(',')}.`,
        ]
      : absent
          .filter(field => field.required)
          .map(field => {
            const nearest = nearestName(field.name, unknown)
            return nearest === undefined
              ? `There is no column ${field.name}, which every row needs: add it.`
              : `There is no column ${field.name}. The nearest is '${nearest}': rename it.`
          })),
  ]
  const notes = unknown.map(name => {
    if (name === '') return 'A column without a name was left out.'
    const nearest = nearestName(
      name,
      absent.map(field => field.name),
    )
    return nearest === undefined
      ? `The column '${name}' is not in the contract and was left out.`
      : `The column '${name}' is not in the contract and was left out. If it is ${nearest}, rename it.`
  })
  const places = new Map(
    feed.fields.map(field => [field, header.indexOf(field.name)] as const).filter(([, place]) => place >= 0),
  )
  return { separator: ',', header, places, notes, refusals }
}

const splitHeader = (line: string, separator: string): string[] => {
  const cells: string[] = []
  let cell = ''
  let inQuotes = false
  for (const letter of line) {
    if (letter === '"') inQuotes = !inQuotes
    else if (letter === separator && !inQuotes) {
      cells.push(cell.trim())
      cell = ''
    } else cell += letter
  }
  return [...cells, cell.trim()]
}
