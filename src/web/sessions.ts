import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Session } from '../access/session.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { User } from '../access/user.ts'
import { paths } from './paths.ts'
import { headersOf } from './request-headers.ts'

const sessions = new WeakMap<FastifyRequest, Session>()

/** The visit that a request belongs to; undefined when nobody is signed in. */
export const sessionOf = (request: FastifyRequest): Session | undefined => sessions.get(request)

/** Who asks, with the roles they hold at this moment; undefined when nobody is signed in. */
export const userOf = (request: FastifyRequest): User | undefined => sessions.get(request)?.user

/** Finds out who asks, anew at every request: a role taken away, or a session ended, is gone at once. */
export const setUpSessions = (app: FastifyInstance, { signIn }: { signIn: SignIn }): void => {
  app.addHook('preHandler', async request => {
    if (request.url.startsWith(paths.assets) || request.headers.cookie === undefined) return
    const session = await signIn.sessionOf(headersOf(request))
    if (session !== undefined) sessions.set(request, session)
  })
}
