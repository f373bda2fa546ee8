import { closeSync, openSync, writeSync } from 'node:fs'
import { dayText, momentText } from './time.ts'

/** What a cell may hold: text, a number, a moment or day as a number, or nothing where it is not known. */
export type Cell = string | number | boolean | undefined
/** One row of a feed by column name; a column left out is empty. */
export type Row = Readonly<Record<string, Cell>>
/** A column of the record contract. */
export type Column = {
  readonly name: string
  readonly type: string
  readonly required: boolean
}

/** A feed being written. */
export type Sheet = {
  /** Writes a row, unless it would not yet be known at the extract or lies before the window. Says whether it did. */
  readonly add: (row: Row) => boolean
  /** Writes rows already put into bytes, for the one feed that has millions. */
  readonly addBytes: (bytes: Uint8Array, count: number) => void
  readonly rows: () => number
  readonly close: () => void
}

/** Columns that say what is planned or due, and so may lie after the extract. */
const planned = new Set([
  'vetting.expires_on',
  'training.expires_on',
  'integrity_reviews.due_on',
  'assignments.to_at',
  'patrol_plans.to_at',
  'absences.end_at',
])
/** Columns that say when a record was made: until then it does not exist. */
const made = new Set(['contact_log.logged_at', 'handset_counts.extracted_at', 'handset_counts.window_to'])

export type SheetOptions = {
  readonly feed: string
  readonly columns: readonly Column[]
  readonly file: string
  /** First moment of the extract for feeds of events; nothing before it is written. */
  readonly from?: number | undefined
  /** The moment of the extract: nothing after it is known. */
  readonly end: number
}

/** Opens a feed's file. Times after the extract are left empty where optional, cut where required, and a row that starts after it is left out. */
export const openSheet = ({ feed, columns, file, from, end }: SheetOptions): Sheet => {
  const handle = openSync(file, 'w')
  let chunk = `${columns.map(column => column.name).join(',')}\n`
  let rows = 0
  const lastDay = Math.floor((end - 1) / 86_400)
  const timed = columns.map(({ name, type, required }, at) => {
    const isTime = type === 'datetime' || type === 'date'
    const first = columns.findIndex(other => other.type === 'datetime' || other.type === 'date') === at
    return {
      name,
      type,
      required,
      limit: type === 'date' ? lastDay : end,
      rule:
        !isTime || planned.has(`${feed}.${name}`)
          ? 'free'
          : first || made.has(`${feed}.${name}`)
            ? 'known'
            : 'cut',
      first: first && type === 'datetime',
    }
  })
  const flush = () => {
    writeSync(handle, chunk)
    chunk = ''
  }
  return {
    add: row => {
      let line = ''
      for (let at = 0; at < timed.length; at++) {
        const column = timed[at]
        if (column === undefined) break
        let value = row[column.name]
        if (column.rule !== 'free' && typeof value === 'number') {
          if (value > column.limit) {
            if (column.rule === 'known') return false
            value = column.required ? column.limit : undefined
          } else if (column.first && from !== undefined && value < from) return false
        }
        line += at === 0 ? cellText(value, column.type) : `,${cellText(value, column.type)}`
      }
      chunk += `${line}\n`
      rows++
      if (chunk.length > 1_000_000) flush()
      return true
    },
    addBytes: (bytes, count) => {
      flush()
      writeSync(handle, bytes)
      rows += count
    },
    rows: () => rows,
    close: () => {
      flush()
      closeSync(handle)
    },
  }
}

const cellText = (value: Cell, type: string): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (type === 'datetime') return momentText(value)
  if (type === 'date') return dayText(Math.floor(value))
  return type === 'integer' ? String(Math.round(value)) : String(Math.round(value * 1e6) / 1e6)
}
