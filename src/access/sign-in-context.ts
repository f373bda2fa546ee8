import type { CaseworkDb } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import type { AuthLibrary } from './auth-library.ts'
import type { User } from './user.ts'

/** What every way to sign in works with. */
export type SignInContext = {
  readonly db: CaseworkDb
  readonly clock: Clock
  readonly secret: string
  readonly publicUrl: string
  readonly https: boolean
  readonly secondStep: 'required' | 'offered'
  readonly library: AuthLibrary
}

/**
 * The outcome of an attempt to sign in. `refused` is one answer for every cause: it must not tell who has an account.
 * `cookies` are `set-cookie` lines.
 */
export type SignedIn =
  | { readonly outcome: 'signed-in'; readonly user: User; readonly cookies: readonly string[] }
  | { readonly outcome: 'code-needed'; readonly userId: string; readonly cookies: readonly string[] }
  | { readonly outcome: 'refused'; /** For the log, where it is known. */ readonly userId?: string }
  /** The step took too long, or was tried too often: begin again with the password. */
  | { readonly outcome: 'begin-again'; readonly userId?: string }
  /** Too many wrong tries; said of a right password too, and of people who have no account. */
  | { readonly outcome: 'wait' }
