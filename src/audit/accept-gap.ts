import { AppError } from '../core/errors.ts'
import { readSealedEntries } from '../sealed-log/read-edge.ts'
import { appendEvent, settleLog, type AuditDeps } from './audit-log.ts'
import { insertNamelessEntries, lastSeq } from './audit-store.ts'
import { logOf } from './open-log.ts'

/**
 * Goes on after the casework store was put back from an older copy than the log's files: the entries it lost stand in it again
 * as far as the files have them (when, what, how it ended), and an entry names the gap and why it was accepted.
 * @returns how many entries lost what they say
 * @throws AppError REFUSED where there is no gap
 */
export const acceptGapInStore = async (
  { store, clock }: AuditDeps,
  by: { readonly who: string; /** Network address, or `command line`. */ readonly from: string },
  why: string,
): Promise<number> => {
  const { sealed } = logOf(store.db)
  const lost = await store.db.transaction().execute(async trx => {
    const last = await lastSeq(trx)
    const size = sealed.size()
    if (last >= size)
      throw new AppError('REFUSED', 'There is no gap: the casework store has every entry of the log.')
    const leaves = readSealedEntries(sealed.folder, last, size).map(entry =>
      Buffer.from(entry).toString('utf8'),
    )
    await insertNamelessEntries(trx, sealed.key.rowKey, leaves)
    const subject = `${last + 1}-${size}`
    await appendEvent(
      { store: { db: trx }, clock },
      { ...by, what: 'log-gap-accepted', subject, why, outcome: 'done' },
    )
    return size - last
  })
  await settleLog({ store })
  return lost
}
