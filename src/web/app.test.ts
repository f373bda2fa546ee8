import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit } from '../../tests/support/visitor.ts'
import { buildApp } from './app.ts'

let staff: StaffApp
let app: FastifyInstance

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('signing in leads to the overview', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  for (const path of ['/', '/concerns', '/indicators', '/records/rejects', '/help', '/account']) {
    const page = await analyst.get(path)
    assert.equal(page.status, 200, path + page.body.slice(0, 3000))
  }
  const href = (await analyst.get('/concerns')).$('.app-queue a[href^="/concerns/"]').attr('href') ?? ''
  const concern = await analyst.get(href)
  assert.equal(concern.status, 200)
})
