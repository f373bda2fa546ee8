import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SignIn } from '../access/sign-in.ts'
import type { User } from '../access/user.ts'
import { paths } from './paths.ts'
import { headersOf } from './request-headers.ts'

const users = new WeakMap<FastifyRequest, User>()

/** Who asks, with the roles they hold at this moment; undefined when nobody is signed in. */
export const userOf = (request: FastifyRequest): User | undefined => users.get(request)

/** Finds out who asks, anew at every request: a role taken away is gone at once. */
export const setUpSessions = (app: FastifyInstance, { signIn }: { signIn: SignIn }): void => {
  app.addHook('preHandler', async request => {
    if (request.url.startsWith(paths.assets) || request.headers.cookie === undefined) return
    const user = await signIn.userOf(headersOf(request))
    if (user !== undefined) users.set(request, user)
  })
}
