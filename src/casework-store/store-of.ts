import type { DialectAdapter, Kysely, Transaction } from 'kysely'
import { AppError } from '../core/errors.ts'
import type { CaseworkTables } from './tables.ts'

/** A store as a query builder, or a transaction of it, leads back to it. */
export type StoreIdentity = {
  readonly mode: 'embedded' | 'server'
  readonly db: Kysely<CaseworkTables>
  readonly dataDir: string
  /** File of the log's key; in the data folder when undefined. */
  readonly logKeyFile: string | undefined
  /** Called, in order, before the store is closed. */
  readonly beforeClose: (() => Promise<void>)[]
}

const stores = new WeakMap<DialectAdapter, StoreIdentity>()

/**
 * Notes which store a query builder and all its transactions belong to.
 * @param acting one that acts for somebody, where it is not the store's own
 */
export const noteStore = (identity: StoreIdentity, acting: Kysely<CaseworkTables> = identity.db): void => {
  stores.set(acting.getExecutor().adapter, identity)
}

/** The store of a transaction: so that nobody can write an entry to the log of another store. */
export const storeOf = (db: Kysely<CaseworkTables> | Transaction<CaseworkTables>): StoreIdentity => {
  const identity = stores.get(db.getExecutor().adapter)
  if (identity === undefined)
    throw new AppError('CASEWORK_FAILED', 'This query builder was not made by openCaseworkStore.')
  return identity
}
