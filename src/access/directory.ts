import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { signOutReader, type SignedOut } from './directory-sign-out.ts'
import type { Role } from './roles.ts'

/** How to reach the force's directory (OpenID Connect), and which of its groups is which role. */
export type DirectorySettings = {
  /** The issuer, as its own tokens name it. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly roles: Readonly<Record<string, readonly Role[]>>
}

/** Whom the directory says signed in. */
export type DirectoryPerson = {
  /** Never given to another person by the directory. */
  readonly subject: string
  readonly email: string
  readonly name: string
  readonly groups: readonly string[]
  /** Their row of the feed `staff`, where the directory knows it. */
  readonly staffId: string | null
  /** The directory's name for this visit (`sid`), by which it may end it; null where it gives none. */
  readonly visit: string | null
}

/** What must come back with the answer; kept on our side, tied to the browser. */
export type DirectoryQuestion = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The force's directory. */
export type Directory = {
  readonly settings: DirectorySettings
  /** @throws AppError REFUSED when the directory does not answer */
  readonly ask: () => Promise<{ readonly url: string; readonly question: DirectoryQuestion }>
  /** Whom an answer is about; undefined when any part of it is not what we asked for, or not from the directory. */
  readonly read: (answer: URL, question: DirectoryQuestion) => Promise<DirectoryPerson | undefined>
  /** Where a person ends their visit to the directory itself; undefined when it has no such page. */
  readonly signOutUrl: () => Promise<string | undefined>
  /** What a sign-out that the directory sends by itself is about; undefined when any part of it is not as it must be. */
  readonly readSignOut: (token: string, now: Date) => Promise<SignedOut | undefined>
}

/** Seconds by which the clocks of the directory and of this machine may differ. */
const clockSeconds = 30

const claimsShape = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  groups: z.array(z.string()).catch([]),
  staff_number: z.string().min(1).max(60).optional().catch(undefined),
  sid: z.string().min(1).max(255).nullable().catch(null),
})

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/**
 * The directory at an address. It is asked for its particulars at first use, so that the product starts without it.
 * Tokens must be signed by the keys it publishes, be meant for us, be of now, and answer our own question (PKCE, state, nonce).
 */
export const openDirectory = (settings: DirectorySettings, publicUrl: string, back: string): Directory => {
  const redirect = new URL(back, publicUrl).href
  let known: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    const server = new URL(settings.issuer)
    const plain = server.protocol === 'http:' && isLoopback(server) ? [allowInsecureRequests] : []
    known ??= discovery(
      server,
      settings.clientId,
      { client_secret: settings.clientSecret, [clockTolerance]: clockSeconds },
      undefined,
      { execute: [enableNonRepudiationChecks, ...plain], timeout: 10 },
    ).catch((cause: unknown) => {
      known = undefined
      throw new AppError(
        'REFUSED',
        `The force’s directory at ${settings.issuer} does not answer. Check UPSTANDER_DIRECTORY_URL and that it runs.`,
        { cause },
      )
    })
    return known
  }
  let reader: ReturnType<typeof signOutReader> | undefined
  return {
    settings,
    readSignOut: async (token, now) => {
      const { issuer, jwks_uri: keysUrl = '' } = (await configuration()).serverMetadata()
      reader ??= signOutReader({ issuer, clientId: settings.clientId, keysUrl, clockSeconds })
      return await reader(token, now)
    },
    ask: async () => {
      const config = await configuration()
      const question = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: 'openid email profile groups',
        code_challenge: await calculatePKCECodeChallenge(question.verifier),
        code_challenge_method: 'S256',
        state: question.state,
        nonce: question.nonce,
      })
      return { url: url.href, question }
    },
    read: async (answer, { state, nonce, verifier }) => {
      const config = await configuration()
      try {
        const tokens = await authorizationCodeGrant(config, answer, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) return undefined
        const more = await fetchUserInfo(config, tokens.access_token, claims.sub)
        const { sub, name, groups, ...known } = claimsShape.parse({ ...more, ...claims })
        const [email, staffId] = [known.email.toLowerCase(), known.staff_number ?? null]
        return { subject: sub, email, name, groups, staffId, visit: known.sid }
      } catch {
        // Whatever is wrong with an answer, it signs nobody in, and the person is told no more than that.
        return undefined
      }
    },
    signOutUrl: async () => {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      const home = new URL('/sign-in', publicUrl).href
      return buildEndSessionUrl(config, { post_logout_redirect_uri: home }).href
    },
  }
}
