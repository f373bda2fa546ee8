import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { storeOf, type StoreIdentity } from '../casework-store/store-of.ts'
import { earlierNames } from '../sealed-log/change-key.ts'
import { readLogKey } from '../sealed-log/log-key.ts'
import { openSealedLog } from '../sealed-log/sealed-log.ts'
import { endLease, keepLease, leaseSeconds } from './log-holder-store.ts'
import type { OpenLog } from './log-state.ts'
import { sealEntries } from './seal-entries.ts'

const opened = new WeakMap<StoreIdentity, OpenLog>()

/** Where the files of the log stand in a data folder. */
export const logFolder = (dataDir: string): string => join(dataDir, 'log')

/** Where the log's key is kept. */
export const logKeyFile = ({
  dataDir,
  logKeyFile: own,
}: Pick<StoreIdentity, 'dataDir' | 'logKeyFile'>): string => own ?? join(dataDir, 'keys', 'log.key')

/**
 * The log of the store that a query builder or transaction belongs to. Opened on first use, without a query: whoever asks
 * may be in the midst of a transaction on the only connection.
 * @throws AppError LOG_FAILED without its key, LOG_CHANGED when its files are not what was signed
 */
export const logOf = (db: CaseworkDb): OpenLog => {
  const store = storeOf(db)
  const already = opened.get(store)
  if (already !== undefined) return already
  const folder = logFolder(store.dataDir)
  const checkpoint = join(folder, 'checkpoint')
  const key = readLogKey(
    logKeyFile(store),
    existsSync(checkpoint) ? readFileSync(checkpoint, 'utf8') : undefined,
  )
  const open: OpenLog = {
    store,
    sealed: openSealedLog(folder, key),
    holder: {
      origin: key.name,
      earlier: earlierNames(folder),
      holder: `${hostname()} ${store.dataDir}`,
      token: randomUUID(),
    },
    unsealed: new Set(),
    failed: false,
    stopped: undefined,
    sealing: Promise.resolve(),
  }
  opened.set(store, open)
  store.beforeClose.push(async () => {
    // What fails here is sealed when the store is next opened: it is in the store already.
    if (open.unsealed.size > 0) await sealEntries(open).catch(() => undefined)
  })
  if (store.mode === 'server') holdLease(open)
  return open
}

const holdLease = ({ store, holder }: OpenLog): void => {
  const renewing = setInterval(
    () => {
      // Lost anyway when this fails: the next append finds out.
      void keepLease(store.db, holder).catch(() => undefined)
    },
    (leaseSeconds * 1_000) / 3,
  )
  renewing.unref()
  store.beforeClose.push(async () => {
    clearInterval(renewing)
    await endLease(store.db, holder).catch(() => undefined)
  })
}
