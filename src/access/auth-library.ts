import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { CaseworkStore } from '../casework-store/casework-store.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { longestSessionHours } from './session.ts'

type LibraryDeps = {
  readonly store: CaseworkStore
  readonly secret: string
  readonly publicUrl: string
}

/** Shortest password a person may choose (NCSC: length before complexity). */
export const shortestPassword = 12

/**
 * Opens a session for a person whom another step has made sure of, and sets its cookie. The library's own steps that open
 * one are passwords alone; this is the same two calls that they end with.
 */
const sessionOpener = {
  id: 'session-opener',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async ctx => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (user === null) throw new Error('A session was asked for somebody who has no account.')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ token: session.token })
      },
    ),
  },
} as const

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

/** The sign-in library on the casework store: passwords, session tokens and their signed cookie. Nobody can sign themselves up. */
export const createAuthLibrary = ({ store, secret, publicUrl }: LibraryDeps) =>
  betterAuth({
    database: { db: store.db, type: 'postgres' },
    secret,
    baseURL: publicUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [sessionOpener],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: {
      modelName: 'sessions',
      expiresIn: longestSessionHours * 3_600,
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
    // Tries are limited by person and device in front of this, see try-limits.ts.
    rateLimit: { enabled: false },
  })

export type AuthLibrary = ReturnType<typeof createAuthLibrary>
