import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { hashReader, inclusionPath } from '../sealed-log/proofs.ts'
import { readRows } from './audit-store.ts'
import { logOf } from './open-log.ts'

/** One entry with all that shows it to be in the log. */
export type EntryDisclosed = {
  /** What the tree holds, and what opens its salted hashes. */
  readonly disclosed: Readonly<Record<'leaf' | 'salt' | 'who' | 'subject' | 'why' | 'from', string>>
  /** Hashes from the entry to the root (RFC 6962 §2.1.1). */
  readonly path: readonly Uint8Array[]
  readonly checkpoint: string
}

/** An entry, and its proof against the newest checkpoint; undefined when there is no such entry. */
export const discloseEntry = async (
  { db }: { readonly db: CaseworkDb },
  seq: number,
): Promise<EntryDisclosed | undefined> => {
  const { sealed } = logOf(db)
  const size = sealed.size()
  const [row] = await readRows(db, seq - 1, 1)
  if (row?.seq !== seq || seq > size) return undefined
  const { leaf, salt, who, subject, why, from } = row
  const path = inclusionPath(hashReader(sealed.folder, size), seq - 1, size)
  return { disclosed: { leaf, salt, who, subject, why, from }, path, checkpoint: sealed.checkpoint() }
}
