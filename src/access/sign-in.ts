import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { findUser } from './accounts-store.ts'
import type { User } from './user.ts'

type SignInDeps = {
  readonly store: CaseworkStore
  /** Signs cookies; at least 32 characters. */
  readonly secret: string
  /** The address people type. Over https, cookies are marked secure. */
  readonly publicUrl: string
}

type Attempt = {
  readonly email: string
  readonly password: string
  /** Headers of the request, for the session list. */
  readonly headers?: Headers
}

/** The outcome of an attempt to sign in. One refusal for every cause: it must not tell who has an account. */
export type SignedIn =
  | {
      readonly outcome: 'signed-in'
      readonly user: User
      /** Holds `set-cookie`. */ readonly headers: Headers
    }
  | { readonly outcome: 'refused' }

/** Signing in and out, and who it is that asks. */
export type SignIn = {
  readonly signIn: (attempt: Attempt) => Promise<SignedIn>
  /** Who sends these request headers, with the roles they hold at this moment. */
  readonly userOf: (headers: Headers) => Promise<User | undefined>
  /** Ends the session; the answer's headers take the cookie away. */
  readonly signOut: (headers: Headers) => Promise<Headers>
  /** Ends every session of a person at once. */
  readonly endSessions: (userId: string) => Promise<void>
  /** Makes an account with this password, without a role. */
  readonly makeAccount: (account: { email: string; name: string; password: string }) => Promise<string>
}

/** Hours after which a session ends, whatever is done with it. */
const sessionHours = 12
/** Shortest password a person may choose (NCSC: length before complexity). */
const shortestPassword = 12

/** Sign-in with e-mail address and password on the casework store. Nobody can sign themselves up. */
export const createSignIn = ({ store, secret, publicUrl }: SignInDeps): SignIn => {
  const auth = betterAuth({
    database: { db: store.db, type: 'postgres' },
    secret,
    baseURL: publicUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: 256,
    },
    session: {
      modelName: 'sessions',
      expiresIn: sessionHours * 3_600,
      disableSessionRefresh: true,
      fields: {
        ...stamps,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    user: { modelName: 'users', fields: { ...stamps, emailVerified: 'email_verified' } },
    account: {
      modelName: 'accounts',
      fields: {
        ...stamps,
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verifications', fields: { ...stamps, expiresAt: 'expires_at' } },
    advanced: {
      cookiePrefix: 'upstander',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    // The web app limits attempts itself, in front of this.
    rateLimit: { enabled: false },
  })

  return {
    signIn: async ({ email, password, headers }) => {
      try {
        const answer = await auth.api.signInEmail({
          body: { email, password },
          headers: headers ?? new Headers(),
          returnHeaders: true,
        })
        const user = await findUser(store.db, answer.response.user.id)
        return user === undefined
          ? { outcome: 'refused' }
          : { outcome: 'signed-in', user, headers: answer.headers }
      } catch (cause) {
        if (cause instanceof APIError) return { outcome: 'refused' }
        throw cause
      }
    },
    userOf: async headers => {
      const session = await auth.api.getSession({ headers })
      return session === null ? undefined : await findUser(store.db, session.user.id)
    },
    signOut: async headers => {
      const answer = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.headers
    },
    endSessions: async userId => {
      await store.db.deleteFrom('sessions').where('user_id', '=', userId).execute()
    },
    makeAccount: async ({ email, name, password }) => {
      const context = await auth.$context
      const user = await context.internalAdapter.createUser(
        { email: email.toLowerCase(), name, emailVerified: true },
        { method: 'email-password' },
      )
      const hash = await context.password.hash(password)
      await context.internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: hash,
      })
      return user.id
    },
  }
}

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const
