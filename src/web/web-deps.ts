import type { Clock } from '../core/clock.ts'
import type { Settings } from '../core/settings.ts'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { WebContent } from './content.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { ClientLimits } from './web-security.ts'
import type { Lake } from '../lake/lake.ts'

/** What the staff app is made of. Everything is opened by whoever starts it, and closed by them. */
export type WebDeps = {
  readonly lake: Lake
  readonly store: CaseworkStore
  readonly signIn: SignIn
  readonly clock: Clock
  readonly content: WebContent
  readonly settings: Pick<Settings, 'publicUrl'> & Partial<Pick<Settings, 'nightlyAt' | 'registerCopy'>>
  /** Signs forms and sessions. */
  readonly secret: string
  /** What masked names are made with; never leaves the data folder. */
  readonly maskKey: Uint8Array
  /** How much the server writes to its own log; faults alone when absent. */
  readonly logLevel?: 'info' | 'error' | 'silent'
  /** Where the server's own log goes; standard output when absent. */
  readonly logTo?: { readonly write: (line: string) => void }
  /** How slowly a visitor may send; the usual limits when absent. */
  readonly limits?: ClientLimits
}
