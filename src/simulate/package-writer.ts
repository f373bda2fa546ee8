import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../core/project-root.ts'
import { openSheet, type Column, type Row, type Sheet } from './sheet.ts'

const contract = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      schema: z.object({
        fields: z.array(
          z.object({
            name: z.string(),
            type: z.string(),
            constraints: z.object({ required: z.boolean().optional() }).optional(),
          }),
        ),
      }),
    }),
  ),
})

/** Feeds of things that happen: only the window's own events are extracted. The rest describe how things stand, history included. */
const windowed = new Set([
  'billing',
  'messages',
  'system_access',
  'positions',
  'crewing',
  'body_worn',
  'handset_counts',
  'stops',
  'patrol_plans',
])

/** A Data Package being written: 40 feeds, a copy of the contract, and the truth beside it. */
export type PackageWriter = {
  readonly dir: string
  /** Adds a row to a feed. Says whether it was written: a row from outside the window is not. */
  readonly add: (feed: string, row: Row) => boolean
  /** Adds rows of a feed already put into bytes. */
  readonly addBytes: (feed: string, bytes: Uint8Array, count: number) => void
  /** A key no other row of the feed has. Keys do not follow the order of writing, so they give nothing away. */
  readonly key: (prefix: string) => string
  /** Writes a file of `truth/`, which no feed is named for and intake never reads. */
  readonly truth: (name: string, columns: readonly string[], rows: readonly Row[]) => void
  /** Ends every file and says how many rows each feed has. */
  readonly close: () => Readonly<Record<string, number>>
}

/** Opens a package in `dir`, which is made where it is missing. `from` and `end` are the window, as moments. */
export const openPackage = (dir: string, from: number, end: number): PackageWriter => {
  mkdirSync(join(dir, 'truth'), { recursive: true })
  const text = readFileSync(join(projectRoot, 'content/feeds/datapackage.json'), 'utf8')
  writeFileSync(join(dir, 'datapackage.json'), text)
  const sheets = new Map<string, Sheet>()
  for (const { name, path, schema } of contract.parse(JSON.parse(text)).resources) {
    const columns: Column[] = schema.fields.map(field => ({
      name: field.name,
      type: field.type,
      required: field.constraints?.required ?? false,
    }))
    const file = join(dir, path)
    sheets.set(
      name,
      openSheet({ feed: name, columns, file, from: windowed.has(name) ? from : undefined, end }),
    )
  }
  const counters = new Map<string, number>()
  const sheetOf = (feed: string): Sheet => {
    const sheet = sheets.get(feed)
    if (sheet === undefined) throw new Error(`There is no feed named ${feed}.`)
    return sheet
  }
  return {
    dir,
    add: (feed, row) => sheetOf(feed).add(row),
    addBytes: (feed, bytes, count) => {
      sheetOf(feed).addBytes(bytes, count)
    },
    key: prefix => {
      const count = (counters.get(prefix) ?? 0) + 1
      counters.set(prefix, count)
      return `${prefix}${scramble(count).toString(36).toUpperCase().padStart(7, '0')}`
    },
    truth: (name, columns, rows) => {
      const header = columns.map(column => ({
        name: column,
        type: column.endsWith('_on') ? 'date' : 'string',
        required: false,
      }))
      const sheet = openSheet({
        feed: name,
        columns: header,
        file: join(dir, 'truth', `${name}.csv`),
        end: Infinity,
      })
      for (const row of rows) sheet.add(row)
      sheet.close()
    },
    close: () => {
      const counts: Record<string, number> = {}
      for (const [name, sheet] of sheets) {
        sheet.close()
        counts[name] = sheet.rows()
      }
      return counts
    },
  }
}

/** Mixes 32 bits so that no two counts meet (each step can be undone). */
const scramble = (count: number): number => {
  let value = Math.imul(count ^ (count >>> 16), 0x45d9f3b)
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b)
  return (value ^ (value >>> 16)) >>> 0
}
