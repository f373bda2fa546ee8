import fastifyCookie from '@fastify/cookie'
import fastifyFormbody from '@fastify/formbody'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { makeTemplates } from '../ui/templates.ts'
import { serveAssets } from './assets.ts'
import { mountBackChannel } from './back-channel.ts'
import { formGuard } from './csrf.ts'
import { setUpErrorPages } from './error-pages.ts'
import { showWithLayout } from './layout-data.ts'
import { mountPages } from './mount-pages.ts'
import { allPages } from './page-list.ts'
import { paths } from './paths.ts'
import { serverLog } from './server-log.ts'
import { setUpSessions } from './sessions.ts'
import type { WebDeps } from './web-deps.ts'
import { boundedServer, setUpWebSecurity } from './web-security.ts'

/** Builds the staff app: nothing listens yet. */
export const buildApp = async (deps: WebDeps): Promise<FastifyInstance> => {
  const https = deps.settings.publicUrl?.startsWith('https:') ?? false
  const app = fastify({
    logger: serverLog(deps),
    // One proxy stands in front: the address it saw counts, never one that the visitor claims to come from.
    trustProxy: deps.settings.publicUrl === undefined ? false : (_address, hop) => hop === 0,
    ...boundedServer({ https, ...(deps.limits === undefined ? {} : { limits: deps.limits }) }),
  })
  setUpWebSecurity(app, { https })
  await app.register(fastifyCookie)
  await app.register(fastifyFormbody)
  await app.register(fastifyRateLimit, { global: false })
  const guard = formGuard({ secret: deps.secret, https })
  const assets = await serveAssets(app)
  const show = showWithLayout({ draw: makeTemplates({ assets, paths }), guard })
  setUpErrorPages(app, show)
  setUpSessions(app, deps)
  mountBackChannel(app, deps)
  mountPages(app, allPages, { deps, guard, show })
  return app
}
