import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { projectRoot } from '../core/project-root.ts'
import { paths } from './paths.ts'

/** Addresses of style sheets, script and icon, as the layout needs them. */
export type AssetPaths = {
  readonly govukCss: string
  readonly mojCss: string
  readonly appCss: string
  readonly appJs: string
  readonly supportedJs: string
  readonly icon: string
}

const govuk = join(projectRoot, 'node_modules/govuk-frontend/dist/govuk')
const moj = join(projectRoot, 'node_modules/@ministryofjustice/frontend/moj')
const own = join(projectRoot, 'src/web/assets')

/** The files of our own style sheet, served as one. Later ones win where two say something of the same thing: print comes last. */
const styleFiles = [
  'frame',
  'bar',
  'words',
  'standing',
  'measures',
  'concern',
  'prior',
  'tables',
  'coverage',
  'parts',
  'history',
  'timeline',
  'accounts',
  'print',
] as const

/** A file without the pointer to its source map, which is not served. */
const text = (path: string): string =>
  readFileSync(path, 'utf8').replaceAll(/\/[/*]# sourceMappingURL=[^\n]*/g, '')

/** The GDS Transport font is licensed for GOV.UK alone: its rules go, and the next font in the list is used. */
const withoutGovukFont = (css: string): string =>
  css.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll(/"?GDS Transport"?,/g, '')

const ownStyles = (): string => styleFiles.map(name => text(join(own, 'styles', `${name}.css`))).join('')

const files = (): Record<keyof AssetPaths, { name: string; type: string; body: string }> => ({
  govukCss: {
    name: 'govuk.css',
    type: 'text/css',
    body: withoutGovukFont(text(join(govuk, 'govuk-frontend.min.css'))),
  },
  mojCss: {
    name: 'moj.css',
    type: 'text/css',
    body: withoutGovukFont(text(join(moj, 'moj-frontend.min.css'))),
  },
  appCss: { name: 'upstander.css', type: 'text/css', body: ownStyles() },
  appJs: { name: 'upstander.js', type: 'text/javascript', body: text(join(own, 'upstander.js')) },
  supportedJs: { name: 'supported.js', type: 'text/javascript', body: text(join(own, 'supported.js')) },
  icon: { name: 'icon.svg', type: 'image/svg+xml', body: text(join(own, 'icon.svg')) },
})

/** Serves style sheets, script and images from our own disk; nothing is ever fetched from elsewhere. */
export const serveAssets = async (app: FastifyInstance): Promise<AssetPaths> => {
  const served = Object.entries(files()).map(([key, file]) => {
    const path = `${paths.assets}${createHash('sha256').update(file.body).digest('hex').slice(0, 12)}/${file.name}`
    app.get(path, (_, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(`${file.type}; charset=utf-8`)
        .send(file.body),
    )
    return [key, path]
  })
  await app.register(fastifyStatic, {
    root: [join(moj, 'assets/images'), join(govuk, 'assets/images')],
    prefix: `${paths.assets}images/`,
    maxAge: 86_400_000,
  })
  app.get(`${paths.assets}govuk-frontend.min.js`, (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('text/javascript; charset=utf-8')
      .send(text(join(govuk, 'govuk-frontend.min.js'))),
  )
  return Object.fromEntries(served) as AssetPaths
}
