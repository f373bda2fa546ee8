import { covered } from './anonymised-ranges.ts'
import { commitment, saltKey } from './commitment.ts'
import type { Hashes } from './hash-row.ts'
import type { LogFault } from './log-fault.ts'
import { leafHash } from './tree.ts'
import { z } from 'zod'

/** An entry as the casework store has it. */
export type LogRow = {
  readonly seq: number
  readonly at: Date
  readonly what: string
  readonly outcome: string
  readonly who: string
  readonly subject: string
  readonly why: string
  readonly from: string
  /** Hex; empty once the entry is anonymised. */
  readonly salt: string
  /** What the tree holds of it. */
  readonly leaf: string
}

/** What the casework store's copy of the log was found to be. */
export type RowsCheck = {
  readonly faults: readonly LogFault[]
  /** Numbers of entries that were made anonymous, each covered by an entry that says so. */
  readonly anonymised: readonly number[]
  /** Entries of the store that are not in the files yet: normal while the service runs and after a crash, until it starts again. */
  readonly unsealed: number
  /** Entries that are dated before the one before them: the clock was moved. The order is that of their numbers all the same. */
  readonly clockMoved: readonly number[]
  /** Numbers of the entries of changes, by `what`, `who` and `subject` with newlines between. */
  readonly changes: ReadonlyMap<string, readonly number[]>
  /** Moment of the first entry, where the log goes on from an earlier one: changes before it are not in it. */
  readonly since: Date | undefined
}

const leafShape = z.strictObject({
  v: z.literal(1),
  seq: z.number(),
  at: z.string(),
  what: z.string(),
  outcome: z.string(),
  who: z.string(),
  subject: z.string(),
  why: z.string(),
  from: z.string(),
})

/** Milliseconds by which an entry may be dated before the one before it: clocks are corrected by less all the time. */
const clockSlack = 60_000

/** Compares every row of the casework store with the tree: the same entries, in the same order, saying what was sealed. */
export const checkRows = async (hashes: Hashes, rows: AsyncIterable<LogRow>): Promise<RowsCheck> => {
  const faults: LogFault[] = []
  const anonymised: number[] = []
  const ranges: string[] = []
  const clockMoved: number[] = []
  const changes = new Map<string, number[]>()
  let since: Date | undefined
  let expected = 1
  let before = Number.NEGATIVE_INFINITY
  for await (const row of rows) {
    const { seq } = row
    if (seq > expected)
      faults.push({ entry: expected, says: `${entries(expected, seq - 1)} removed from the casework store.` })
    if (seq < expected) faults.push({ entry: seq, says: `Entry ${seq} is in the casework store twice.` })
    expected = seq + 1
    const says = faultOf(row, hashes.at(seq - 1))
    if (says !== undefined) faults.push({ entry: seq, says })
    if (row.salt === '') anonymised.push(seq)
    if (row.what === 'log-anonymised' || row.what === 'log-gap-accepted') ranges.push(row.subject)
    if (row.at.getTime() < before - clockSlack) clockMoved.push(seq)
    before = row.at.getTime()
    if (seq === 1 && row.what === 'log-continued') since = row.at
    if (row.outcome === 'done') {
      const name = `${row.what}\n${row.who}\n${row.subject}`
      const seqs = changes.get(name)
      if (seqs === undefined) changes.set(name, [seq])
      else seqs.push(seq)
    }
  }
  if (expected <= hashes.length)
    faults.push({
      entry: expected,
      says: `${entries(expected, hashes.length)} removed from the end of the casework store.`,
    })
  for (const seq of anonymised.filter(each => !covered(ranges, each)))
    faults.push({ entry: seq, says: `Entry ${seq} was made anonymous without an entry that says so.` })
  const unsealed = Math.max(0, expected - 1 - hashes.length)
  return { faults, anonymised, unsealed, clockMoved, changes, since }
}

const entries = (from: number, to: number): string =>
  from === to ? `Entry ${from} was` : `Entries ${from} to ${to} were`

const faultOf = (row: LogRow, sealed: Buffer | undefined): string | undefined => {
  if (sealed !== undefined && !leafHash(Buffer.from(row.leaf)).equals(sealed))
    return `Entry ${row.seq} of the casework store is not the one that was sealed.`
  const leaf = readLeaf(row.leaf)
  if (leaf === undefined) return `Entry ${row.seq} of the casework store cannot be read.`
  const { seq, at, what, outcome } = leaf
  if (seq !== row.seq || at !== row.at.toISOString() || what !== row.what || outcome !== row.outcome)
    return `Entry ${row.seq} was changed in the casework store: its time, event or outcome.`
  const personal = ['who', 'subject', 'why', 'from'] as const
  if (row.salt === '')
    return personal.some(column => row[column] !== '')
      ? `Entry ${row.seq} is only half anonymous.`
      : undefined
  const salt = saltKey(row.salt)
  const changed = personal.find(column => commitment(salt, column, row[column]) !== leaf[column])
  return changed === undefined
    ? undefined
    : `Entry ${row.seq} was changed in the casework store: its ${changed}.`
}

const readLeaf = (text: string) => {
  try {
    return leafShape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
