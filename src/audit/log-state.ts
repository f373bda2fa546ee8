import type { AppError } from '../core/errors.ts'
import type { StoreIdentity } from '../casework-store/store-of.ts'
import type { SealedLog } from '../sealed-log/sealed-log.ts'
import type { LogHolder } from './log-holder-store.ts'

/** The log of one casework store while it is open. */
export type OpenLog = {
  readonly store: StoreIdentity
  readonly sealed: SealedLog
  readonly holder: LogHolder
  /** Numbers of entries written within transactions that may not be in the files yet. */
  readonly unsealed: Set<number>
  /** Set while the files could not be written: nothing is added meanwhile. */
  failed: boolean
  /** Why nothing may be added any more: a witness has seen another log. */
  stopped: AppError | undefined
  /** The sealing under way; each waits for the one before. */
  sealing: Promise<void>
}
