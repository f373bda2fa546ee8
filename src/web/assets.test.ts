import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fastify from 'fastify'
import { projectRoot } from '../core/project-root.ts'
import { serveAssets } from './assets.ts'

const folder = join(projectRoot, 'src/web/assets/styles')

test('our style sheet is one file that holds every file of the folder whole, what paper needs last, and is kept by its hash', async t => {
  const app = fastify()
  t.after(() => app.close())
  const { appCss } = await serveAssets(app)
  const served = await app.inject({ url: appCss })
  const styles = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  for (const style of styles) assert.ok(served.body.includes(style), style.slice(0, 80))
  assert.equal(served.body.length, styles.join('').length)
  assert.ok(served.body.endsWith(readFileSync(join(folder, 'print.css'), 'utf8')))
  assert.match(appCss, /\/[0-9a-f]{12}\/upstander\.css$/)
  assert.match(String(served.headers['cache-control']), /immutable/)
})
