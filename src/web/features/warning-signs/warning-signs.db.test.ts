import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

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

test('every sign leads to the indicators that watch for it, or says that somebody has to tell', async () => {
  const visitor = await visit(app).signIn(staff.people.prevent)
  const { $, status } = await visitor.get('/warning-signs')
  assert.equal(status, 200)
  const rows = $('main tbody tr').toArray()
  assert.equal(rows.length, staff.deps.content.warningSigns.flatMap(group => group.signs).length)
  for (const row of rows) {
    const links = $(row).find('a').toArray()
    if (links.length === 0)
      assert.match($(row).text(), /Nothing See confidential reporting.*No record can show it/s)
    else for (const link of links) assert.match($(link).attr('href') ?? '', /^\/indicators\/[a-z-]+$/)
  }
})

test('the catalogue leads to the warning signs', async () => {
  const visitor = await visit(app).signIn(staff.people.prevent)
  const { $ } = await visitor.get('/indicators')
  assert.equal($('main a[href="/warning-signs"]').length, 1)
})
