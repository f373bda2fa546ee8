import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionOf } from './sessions.ts'

/**
 * Guards forms against other sites: the browser must come from our own origin, and the form must carry a token that only
 * a page we sent to this browser, in this session, could hold: a cookie planted from elsewhere fits no session but its own.
 */
export type FormGuard = {
  /** The token for the forms of a page; sets the cookie it belongs to where there is none. */
  readonly tokenFor: (request: FastifyRequest, reply: FastifyReply) => string
  /** Whether a posted form is ours. */
  readonly accepts: (request: FastifyRequest) => boolean
}

export const formGuard = (options: { secret: string; https: boolean }): FormGuard => {
  const cookieName = options.https ? '__Host-upstander-form' : 'upstander-form'
  const sign = (seed: string, request: FastifyRequest) =>
    createHmac('sha256', options.secret)
      .update(`form ${seed} ${sessionOf(request)?.id ?? ''}`)
      .digest('base64url')
  return {
    tokenFor: (request, reply) => {
      let seed = request.cookies[cookieName]
      if (seed === undefined || seed.length < 20) {
        seed = randomBytes(24).toString('base64url')
        void reply.setCookie(cookieName, seed, {
          path: '/',
          httpOnly: true,
          sameSite: 'strict',
          secure: options.https,
        })
      }
      return sign(seed, request)
    },
    accepts: request => {
      const seed = request.cookies[cookieName]
      const body = request.body as Record<string, unknown> | undefined
      const token = body?.['_csrf']
      return (
        seed !== undefined &&
        typeof token === 'string' &&
        sameText(token, sign(seed, request)) &&
        fromUs(request)
      )
    },
  }
}

/** Browsers send Origin with every post; `null` is what our own no-referrer policy makes of it. */
const fromUs = (request: FastifyRequest): boolean => {
  const { origin } = request.headers
  if (request.headers['sec-fetch-site'] !== undefined)
    return request.headers['sec-fetch-site'] === 'same-origin'
  if (origin === undefined || origin === 'null') return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}

const sameText = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
