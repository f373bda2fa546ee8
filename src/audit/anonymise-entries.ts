import { appendEvent, settleLog, type AuditDeps } from './audit-log.ts'
import { emptyPersonalColumns } from './audit-store.ts'

/**
 * Makes entries anonymous for good: empties who, what about, why and from where, and the salt without which nobody can try names
 * against what the tree holds. The tree stays as it is. An entry that names the range is written with it, and stands for ever.
 * @returns how many entries were made anonymous
 */
export const anonymiseEntries = async (
  { store, clock }: AuditDeps,
  by: { readonly who: string; /** Network address, or `command line`. */ readonly from: string },
  range: { readonly from: number; readonly to: number },
  why: string,
): Promise<number> => {
  const count = await store.db.transaction().execute(async trx => {
    const emptied = await emptyPersonalColumns(trx, range)
    const subject = range.from === range.to ? String(range.from) : `${range.from}-${range.to}`
    await appendEvent(
      { store: { db: trx }, clock },
      { ...by, what: 'log-anonymised', subject, why, outcome: 'done' },
    )
    return emptied
  })
  await settleLog({ store })
  return count
}
