import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { AuditEntry } from './audit-entry.ts'
import { leafOf, macOf } from './leaf.ts'

/** An entry as it stands in the casework store. */
export type AuditRow = AuditEntry & {
  /** 32 bytes in hex; empty once the entry is anonymised. */
  readonly salt: string
  /** What the tree holds of it. */
  readonly leaf: string
  readonly mac: string
}

/** Held from an append to the end of its transaction: entries become visible in the order of their numbers. */
const appendLock = 7_270_102

/** Waits for its turn to append, within the caller's transaction. */
export const waitForTurn = async (db: CaseworkDb): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${appendLock})`.execute(db)
}

/** Adds entries, the first numbered `from`, within the caller's transaction and turn. */
export const insertEntries = async (
  db: CaseworkDb,
  rowKey: Uint8Array,
  from: number,
  inputs: readonly Omit<AuditEntry, 'seq'>[],
): Promise<AuditRow[]> => {
  const rows = inputs.map((input, at) => {
    const entry = { ...input, seq: from + at }
    const salt = randomBytes(32).toString('hex')
    const leaf = leafOf(entry, salt)
    return { ...entry, salt, leaf, mac: macOf(rowKey, leaf) }
  })
  await db
    .insertInto('audit_entries')
    .values(rows.map(({ from: cameFrom, ...rest }) => ({ ...rest, came_from: cameFrom })))
    .execute()
  return rows
}

/** Entries after `seq`, oldest first. */
export const readRows = async (db: CaseworkDb, after: number, limit: number): Promise<AuditRow[]> => {
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(({ came_from, outcome, ...rest }) => ({
    ...rest,
    from: came_from,
    outcome: outcome as AuditEntry['outcome'],
  }))
}

/** The chain of hashes that the log was before it became a tree: how many entries, and the hash of the last. */
export const readEarlierChain = async (
  db: CaseworkDb,
): Promise<{ readonly entries: number; readonly head: string } | undefined> => {
  const last = await db
    .selectFrom('audit_entries_before')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined ? undefined : { entries: last.seq, head: last.hash }
}

/** Empties what may tell who a person is, in a range of entries; gives back how many were not empty yet. */
export const emptyPersonalColumns = async (
  db: CaseworkDb,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('audit_entries')
    .set({ who: '', subject: '', why: '', came_from: '', salt: '' })
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .where('salt', '<>', '')
    .where('what', 'not in', ['log-anonymised', 'log-gap-accepted', 'log-continued'])
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Puts back entries of which only the files have something: their number, time, event and outcome. */
export const insertNamelessEntries = async (
  db: CaseworkDb,
  rowKey: Uint8Array,
  leaves: readonly string[],
): Promise<void> => {
  const rows = leaves.map(leaf => {
    const { seq, at, what, outcome } = JSON.parse(leaf) as {
      seq: number
      at: string
      what: string
      outcome: string
    }
    const nobody = { who: '', subject: '', why: '', came_from: '', salt: '' }
    return { seq, at: new Date(at), what, outcome, ...nobody, leaf, mac: macOf(rowKey, leaf) }
  })
  for (let at = 0; at < rows.length; at += 1_000)
    await db
      .insertInto('audit_entries')
      .values(rows.slice(at, at + 1_000))
      .execute()
}

/** Number of the last entry that the casework store has; 0 for none. */
export const lastSeq = async (db: CaseworkDb): Promise<number> => {
  const row = await db
    .selectFrom('audit_entries')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirst()
  return row?.last ?? 0
}
