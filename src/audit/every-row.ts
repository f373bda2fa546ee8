import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { readRows, type AuditRow } from './audit-store.ts'

/** Every entry of the log as it stands in the casework store, oldest first, a few thousand at a time. */
export const everyRow = async function* (db: CaseworkDb): AsyncGenerator<AuditRow> {
  let last = -1
  for (;;) {
    const rows = await readRows(db, last, 4_096)
    yield* rows
    const next = rows.at(-1)?.seq
    if (next === undefined || rows.length < 4_096) return
    last = next
  }
}
