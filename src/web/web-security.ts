import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { projectRoot } from '../core/project-root.ts'
import { paths } from './paths.ts'

/** The one inline script is in the GOV.UK page template; its hash is taken from the file, so an upgrade cannot break it. */
const templateScriptHash = (): string => {
  const template = readFileSync(
    join(projectRoot, 'node_modules/govuk-frontend/dist/govuk/template.njk'),
    'utf8',
  )
  const script = /<script[^>]*?%\}>(.*?)<\/script>/s.exec(template)?.[1] ?? ''
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}

/** Nothing from elsewhere, nothing inline, nothing framed, nothing kept by the browser or a proxy. */
export const setUpWebSecurity = async (app: FastifyInstance, options: { https: boolean }): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", templateScriptHash()],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    strictTransportSecurity: options.https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (!request.url.startsWith(paths.assets)) void reply.header('cache-control', 'no-store')
    void reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    done()
  })
}
