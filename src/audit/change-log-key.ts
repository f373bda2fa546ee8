import { storeOf } from '../casework-store/store-of.ts'
import { changeKey } from '../sealed-log/change-key.ts'
import { appendEvent, type AuditDeps } from './audit-log.ts'
import { logKeyFile, logOf } from './open-log.ts'

/**
 * Gives the log a new key, and with it a new name: when the old key may be known to others, every few years, or to go on after
 * witnesses have seen a longer log than there is. The last entry under the old key says so. The store is to be closed after this.
 * @returns the new public key, for the witnesses and whoever checks the log
 */
export const changeLogKey = async (
  { store, clock }: AuditDeps,
  by: { readonly who: string; /** Network address, or `command line`. */ readonly from: string },
  why: string,
): Promise<string> => {
  const { sealed } = logOf(store.db)
  const subject = sealed.key.name
  await appendEvent({ store, clock }, { ...by, what: 'log-key-changed', subject, why, outcome: 'done' })
  const next = await changeKey(sealed.folder, sealed.edge(), logKeyFile(storeOf(store.db)))
  return next.name
}
