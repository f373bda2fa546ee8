import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { endWithDirectory } from '../accounts/end-with-directory.ts'
import { settleLog } from '../audit/audit-log.ts'
import { paths } from './paths.ts'
import type { WebDeps } from './web-deps.ts'

const shape = z.object({ logout_token: z.string().min(1).max(16_000) })

/**
 * Where the force's directory says that somebody's visit is over (OpenID Connect Back-Channel Logout 1.0). No page and no form of ours: the
 * directory's server asks, without cookies, and what it sends proves itself by its signature. It is told nothing but whether it was taken.
 */
export const mountBackChannel = (app: FastifyInstance, deps: WebDeps): void => {
  const { directory } = deps.signIn
  if (directory === undefined) return
  app.post(
    paths.signInDirectoryEnded,
    // A shift that ends signs out many at once; a stranger's tokens cost a check of a signature each.
    { config: { rateLimit: { max: 600, timeWindow: 60_000 } } },
    async (request, reply) => {
      const token = shape.safeParse(request.body).data?.logout_token
      const taken =
        token !== undefined && (await endWithDirectory(deps, directory, { token, from: request.ip }))
      await settleLog(deps)
      return reply
        .code(taken ? 200 : 400)
        .type('application/json')
        .send(taken ? {} : { error: 'invalid_request' })
    },
  )
}
