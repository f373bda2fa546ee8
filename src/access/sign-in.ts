import type { CaseworkStore } from '../casework-store/casework-store.ts'
import type { Clock } from '../core/clock.ts'
import { createAuthLibrary } from './auth-library.ts'
import type { Directory } from './directory.ts'
import { readSession } from './read-session.ts'
import type { Session } from './session.ts'
import { withCode, type CodeAttempt } from './sign-in-with-code.ts'
import { askForPasskey, type PasskeyQuestion } from './passkeys.ts'
import { withPasskey, type PasskeyAttempt } from './sign-in-with-passkey.ts'
import { withPassword, type PasswordAttempt } from './sign-in-with-password.ts'
import type { SignedIn, SignInContext } from './sign-in-context.ts'

/** What signing in is made of. */
export type SignInDeps = {
  readonly store: CaseworkStore
  readonly clock: Clock
  /** Signs cookies and encrypts what authenticator apps share with us; at least 32 characters. */
  readonly secret: string
  /** The address people type. Over https, cookies are marked secure. Passkeys are tied to its host. */
  readonly publicUrl: string
  /**
   * Whether a password alone opens anything. `required` unless this is a demonstration: then every person who signs in
   * with a password must set up a passkey or an authenticator app before anything else opens.
   */
  readonly secondStep?: 'required' | 'offered'
  /** The force's directory, where people may sign in with their force account. */
  readonly directory?: Directory | undefined
}

/** Signing in and out, and who it is that asks. */
export type SignIn = {
  readonly withPassword: (attempt: PasswordAttempt) => Promise<SignedIn>
  readonly withCode: (attempt: CodeAttempt) => Promise<SignedIn>
  readonly askForPasskey: () => Promise<PasskeyQuestion>
  readonly withPasskey: (attempt: PasskeyAttempt) => Promise<SignedIn>
  /** Whose visit these request headers belong to, with the roles they hold at this moment. */
  readonly sessionOf: (headers: Headers) => Promise<Session | undefined>
  /** Ends the session; the lines take its cookie away. */
  readonly signOut: (headers: Headers) => Promise<readonly string[]>
  readonly context: SignInContext
  readonly directory: Directory | undefined
}

/** Sign-in on the casework store. Nobody can sign themselves up. */
export const createSignIn = (deps: SignInDeps): SignIn => {
  const context: SignInContext = {
    db: deps.store.db,
    clock: deps.clock,
    secret: deps.secret,
    publicUrl: deps.publicUrl,
    https: deps.publicUrl.startsWith('https:'),
    secondStep: deps.secondStep ?? 'required',
    library: createAuthLibrary(deps),
  }
  return {
    context,
    directory: deps.directory,
    withPassword: attempt => withPassword(context, attempt),
    withCode: attempt => withCode(context, attempt),
    askForPasskey: () => askForPasskey(context),
    withPasskey: attempt => withPasskey(context, attempt),
    sessionOf: headers => readSession(context, headers),
    signOut: async headers => {
      const answer = await context.library.api.signOut({ headers, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
  }
}
