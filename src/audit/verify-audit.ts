import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { hashEntry, noHash, type AuditEntry } from './audit-entry.ts'
import { readEntries } from './audit-store.ts'

/** Whether the log is whole. Entries cut off its very end show only against a `head` kept elsewhere. */
export type AuditCheck =
  | {
      readonly outcome: 'whole'
      readonly entries: number
      /** Hash of the last entry. */ readonly head: string
    }
  | {
      readonly outcome: 'altered'
      /** The first entry that is not as it was written. */ readonly seq: number
      readonly says: string
    }

/** An earlier result of this check, kept outside the store. */
export type AuditHead = { readonly entries: number; readonly head: string }

/** Hashes every entry of the log again and names the first that was changed, removed, moved or added. */
export const verifyAudit = async (
  { store }: { readonly store: { readonly db: CaseworkDb } },
  kept?: AuditHead,
): Promise<AuditCheck> => {
  let seq = 0
  let hash = noHash
  for (;;) {
    const batch = await readEntries(store.db, seq, 5_000)
    for (const entry of batch) {
      const fault = faultOf(entry, seq, hash)
      if (fault !== undefined) return { outcome: 'altered', seq: seq + 1, says: fault }
      seq = entry.seq
      hash = entry.hash
      if (kept?.entries === seq && kept.head !== hash)
        return {
          outcome: 'altered',
          seq,
          says: `Entry ${seq} or one before it was written anew since the last check.`,
        }
    }
    if (batch.length === 0) break
  }
  if (kept !== undefined && kept.entries > seq)
    return {
      outcome: 'altered',
      seq: seq + 1,
      says: `Entries ${seq + 1} to ${kept.entries} were removed from the end.`,
    }
  return { outcome: 'whole', entries: seq, head: hash }
}

const faultOf = (entry: AuditEntry, lastSeq: number, lastHash: string): string | undefined => {
  if (entry.seq !== lastSeq + 1) return `Entry ${lastSeq + 1} is missing.`
  if (entry.previousHash !== lastHash) return `Entry ${entry.seq} does not follow the one before it.`
  if (entry.hash !== hashEntry(entry)) return `Entry ${entry.seq} was changed after it was written.`
  return undefined
}
