import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { roleNames } from '../access/roles.ts'
import { can, type User } from '../access/user.ts'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit } from '../../tests/support/visitor.ts'
import { buildApp } from './app.ts'
import type { Page } from './define-pages.ts'
import { allPages } from './page-list.ts'

let staff: StaffApp
let app: FastifyInstance
let ref = ''
let somebody = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const row = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  ref = row.ref
  const user = await staff.deps.store.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', staff.people.survivor_engagement.email)
    .executeTakeFirstOrThrow()
  somebody = user.id
})

after(async () => {
  await app.close()
  await staff.close()
})

/** An address of the page that leads to something that is there. */
const addressOf = (page: Page): string =>
  page.path
    .replace(':ref', ref)
    .replace('/accounts/:id', `/accounts/${somebody}`)
    .replace(':id', staff.deps.content.indicators[0]?.id ?? '')
    .replace(':request', 'none')

/** Signing out and signing in end the session that the other pages are asked with. */
const asked = allPages.filter(page => page.path !== '/sign-out' && page.permission !== 'anyone')

/** Pages that a form leads to answer a person who may open them with a redirect, or with what is missing. */
const opened = [200, 303, 400, 404, 409]

for (const role of roleNames) {
  test(`${role.replaceAll('_', ' ')}: every page opens or is refused as the role says, and both are in the log`, async () => {
    const person = await visit(app).signIn(staff.people[role])
    const user: User = { id: '', name: '', email: '', roles: [role] }
    for (const page of asked) {
      const may =
        page.permission === 'signed-in' || page.permission === 'anyone' || can(user, page.permission)
      await person.get('/account')
      const before = await entries()
      const seen =
        page.method === 'GET' ? await person.get(addressOf(page)) : await person.post(addressOf(page), {})
      const written = (await entries()).slice(before.length)
      const about = `${page.method} ${page.path}`
      if (may) {
        assert.ok(opened.includes(seen.status), `${about} opens: ${seen.status}`)
        if (page.method === 'GET') assert.equal(seen.status, 200, about)
        if (typeof page.audit === 'string' && page.audit !== 'not-audited')
          assert.deepEqual([written[0]?.what, written[0]?.outcome], [page.audit, 'allowed'], about)
      } else {
        assert.equal(seen.status, 404, about)
        assert.match(seen.$('h1').text(), /Page not found/, about)
        const event = typeof page.audit === 'string' ? page.audit : page.audit.byUseCase
        assert.deepEqual(
          written.map(entry => [entry.what, entry.outcome]),
          [[event, 'refused']],
          about,
        )
      }
    }
  })
}

const entries = () =>
  staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'outcome', 'who', 'subject'])
    .orderBy('seq')
    .execute()

test('somebody who is not signed in is sent to sign in, whatever they ask for', async () => {
  for (const page of asked.filter(each => each.method === 'GET')) {
    const { status, location, body } = await visit(app).get(addressOf(page))
    assert.deepEqual([status, location, body], [303, '/sign-in', ''], page.path)
  }
})

test('only signing in and the help are not in the log', () => {
  const silent = allPages
    .filter(page => page.audit === 'not-audited')
    .map(page => `${page.method} ${page.path}`)
  assert.deepEqual(silent, [
    'GET /sign-in',
    'GET /sign-in/code',
    'GET /sign-in/passkey',
    'GET /sign-in/directory',
    'GET /help',
  ])
})

test('a concern that is not there looks exactly like one that a person may not see', async () => {
  const prevent = await visit(app).signIn(staff.people.prevent)
  const analyst = await visit(app).signIn(staff.people.analyst)
  const refused = await prevent.get(`/concerns/${ref}`)
  const absent = await analyst.get('/concerns/AAAA-2222')
  const text = (seen: typeof refused) => seen.$('main').text()
  assert.deepEqual([refused.status, text(refused)], [absent.status, text(absent)])
})

test('when the log cannot be written, nothing is shown', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  await staff.deps.store.db.schema.alterTable('audit_entries').renameTo('audit_entries_away').execute()
  try {
    const { status, body } = await analyst.get(`/concerns/${ref}`)
    assert.equal(status, 500)
    assert.doesNotMatch(body, /Stopped 4 times/)
  } finally {
    await staff.deps.store.db.schema.alterTable('audit_entries_away').renameTo('audit_entries').execute()
  }
})
