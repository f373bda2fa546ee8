import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { hashEntry, noHash, type AuditEntry } from './audit-entry.ts'

/** Held for one append, so that two at once cannot chain to the same entry. */
const appendLock = 7_270_102

/** Adds one entry after the last, within the caller's transaction. */
export const insertEntry = async (
  db: CaseworkDb,
  input: Omit<AuditEntry, 'seq' | 'previousHash' | 'hash'>,
): Promise<AuditEntry> => {
  await sql`select pg_advisory_xact_lock(${appendLock})`.execute(db)
  const last = await db
    .selectFrom('audit_entries')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const unsigned = { ...input, seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? noHash }
  const entry = { ...unsigned, hash: hashEntry(unsigned) }
  const { from, previousHash, ...rest } = entry
  await db
    .insertInto('audit_entries')
    .values({ ...rest, came_from: from, previous_hash: previousHash })
    .execute()
  return entry
}

/** Entries after `seq`, oldest first. */
export const readEntries = async (db: CaseworkDb, after: number, limit: number): Promise<AuditEntry[]> => {
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(({ came_from, previous_hash, outcome, ...rest }) => ({
    ...rest,
    from: came_from,
    previousHash: previous_hash,
    outcome: outcome as AuditEntry['outcome'],
  }))
}
