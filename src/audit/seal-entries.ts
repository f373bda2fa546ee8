import { AppError } from '../core/errors.ts'
import { readRows, type AuditRow } from './audit-store.ts'
import { macOf } from './leaf.ts'
import type { OpenLog } from './log-state.ts'

/** Entries that go into the files at a time. */
const batchSize = 4_096

/**
 * Puts entries of the casework store that are not yet in the tree into its files. Settled once they are on the disk.
 * @param written entries that were just committed: taken as they are, without asking the store for them again
 * @throws AppError LOG_FAILED when the disk did not take them, LOG_CHANGED when the store gives other entries than were written
 */
export const sealEntries = (open: OpenLog, written: readonly AuditRow[] = []): Promise<void> => {
  const turn = open.sealing.then(() => seal(open, written))
  open.sealing = turn.catch(() => undefined)
  return turn
}

const seal = async (open: OpenLog, written: readonly AuditRow[]): Promise<void> => {
  const { sealed, store, unsealed } = open
  try {
    if (written[0]?.seq === sealed.size() + 1) await append(open, written)
    else
      for (;;) {
        const rows = await readRows(store.db, sealed.size(), batchSize)
        if (rows.length === 0) break
        for (const [at, row] of rows.entries()) checkRow(open, row, sealed.size() + at + 1)
        await append(open, rows)
      }
    open.failed = false
    for (const seq of unsealed) if (seq <= sealed.size()) unsealed.delete(seq)
  } catch (cause) {
    open.failed = true
    throw cause
  }
}

const append = ({ sealed }: OpenLog, rows: readonly AuditRow[]): Promise<void> =>
  sealed.append(rows.map(row => Buffer.from(row.leaf)))

const checkRow = ({ sealed }: OpenLog, { seq, leaf, mac }: AuditRow, expected: number): void => {
  if (seq !== expected)
    throw new AppError(
      'LOG_CHANGED',
      `Entry ${expected} of the log was removed from the casework store before it was sealed.`,
    )
  if (mac !== macOf(sealed.key.rowKey, leaf))
    throw new AppError(
      'LOG_CHANGED',
      `Entry ${seq} of the log was changed in, or added to, the casework store by somebody else.`,
    )
}
