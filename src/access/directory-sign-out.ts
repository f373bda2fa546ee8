import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

/** What a directory's sign-out tokens are held to. */
export type SignOutRules = {
  /** The directory, as it names itself. */
  readonly issuer: string
  /** Us, as the directory names us. */
  readonly clientId: string
  /** Where its public keys are. */
  readonly keysUrl: string
  /** Seconds by which clocks may differ. */
  readonly clockSeconds: number
}

/** Seconds for which a token is good, where it does not say less: OpenID Connect Back-Channel Logout 1.0 asks for two minutes at most. */
const goodFor = 120

/** Whom or what a directory signed out: a person, one of their visits, or both. */
export type SignedOut = {
  /** The subject that the directory knows the person by. */
  readonly subject: string | undefined
  /** The directory's name for one visit; undefined where every visit of the person is over. */
  readonly visit: string | undefined
}

const claimsShape = z.object({
  sub: z.string().min(1).max(255).optional(),
  sid: z.string().min(1).max(255).optional(),
  jti: z.string().min(1).max(255),
  events: z.object({ 'http://schemas.openid.net/event/backchannel-logout': z.object({}) }),
  // A sign-in token has one: it must not pass for a sign-out.
  nonce: z.undefined().optional(),
})

/**
 * Reads tokens by which a directory says that somebody's visit is over (OpenID Connect Back-Channel Logout 1.0 §2.6): signed by the
 * directory's keys, from it, for us, of now, about a sign-out of somebody or of some visit, and never seen before.
 * @returns reads one token; undefined when any part is not as it must be
 */
export const signOutReader = ({ issuer, clientId, keysUrl, clockSeconds }: SignOutRules) => {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: 5_000 })
  /** Names of tokens that were used, with when they are too old to be tried again. */
  const used = new Map<string, number>()
  return async (token: string, now: Date): Promise<SignedOut | undefined> => {
    const checks = {
      issuer,
      audience: clientId,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      requiredClaims: ['iat', 'jti', 'events'],
      maxTokenAge: goodFor,
      clockTolerance: clockSeconds,
      currentDate: now,
    }
    const verified = await jwtVerify(token, keys, checks).catch(() => undefined)
    const claims = claimsShape.safeParse(verified?.payload).data
    if (claims === undefined || (claims.sub ?? claims.sid) === undefined) return undefined
    for (const [name, until] of used) if (until < now.getTime()) used.delete(name)
    if (used.has(claims.jti)) return undefined
    used.set(claims.jti, now.getTime() + (goodFor + 2 * clockSeconds) * 1_000)
    return { subject: claims.sub, visit: claims.sid }
  }
}
