import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit } from '../../tests/support/visitor.ts'
import { buildApp } from './app.ts'

let staff: StaffApp
let app: FastifyInstance

before(async () => {
  staff = await openStaffApp([])
  app = await buildApp(staff.deps)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('a form without the token of our own page changes nothing', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  const { status, $ } = await analyst.post('/sign-out', { _csrf: 'guessed' })
  assert.equal(status, 403)
  assert.match($('h1').text(), /could not be used/)
  assert.equal((await analyst.get('/account')).status, 200, 'still signed in')
})

test('a form that another site sends is refused even with a good token', async () => {
  const first = await app.inject({ method: 'GET', url: '/sign-in' })
  const token = /name="_csrf" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  const cookie = first.cookies.map(each => `${each.name}=${each.value}`).join('; ')
  const send = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams({ _csrf: token, email: '', password: '' }).toString(),
    })
  assert.equal((await send({ 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  assert.equal((await send({ origin: 'https://elsewhere.example' })).statusCode, 403)
  assert.equal((await send({ 'sec-fetch-site': 'same-origin' })).statusCode, 400)
})

test('a wrong password and an unknown address get the same answer, and the try is in the log', async () => {
  const { email } = staff.people.analyst
  const texts = []
  for (const who of [email, 'nobody@example.uk']) {
    const stranger = visit(app)
    await stranger.get('/sign-in')
    const { status, $ } = await stranger.post('/sign-in', { email: who, password: 'wrong wrong wrong' })
    assert.equal(status, 400)
    texts.push($('.govuk-error-summary').text())
  }
  assert.equal(texts[0], texts[1])
  const tries = await staff.deps.store.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('what', '=', 'sign-in-refused')
    .execute()
  assert.ok(tries.length >= 2)
})

test('signing out ends the session', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  await analyst.get('/account')
  assert.deepEqual((await analyst.post('/sign-out', {})).location, '/sign-in')
  assert.equal((await analyst.get('/account')).location, '/sign-in')
})

test('nothing on a page comes from elsewhere, runs inline or may be framed', async () => {
  const { headers, $ } = await visit(app).get('/sign-in')
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe|\*/)
  for (const each of $('link[href], script[src], img[src]').toArray())
    assert.match($(each).attr('href') ?? $(each).attr('src') ?? '', /^\/assets\//)
  assert.equal($('[style], [onclick]').length, 0)
})

test('a fault gives a reference, and none of its cause', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  await staff.deps.lake.run('rename table upstander.rejects to upstander.rejects_away')
  try {
    const { status, $, body } = await analyst.get('/records/rejects')
    assert.equal(status, 500)
    assert.match($('main').text(), /reference: [0-9A-F]{8}/)
    assert.doesNotMatch(body, /upstander\.rejects|select|at \//)
  } finally {
    await staff.deps.lake.run('rename table upstander.rejects_away to upstander.rejects')
  }
})

test('an empty force shows empty pages that say what to do', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  assert.match((await analyst.get('/')).$('main').text(), /take records in with “upstander intake”/)
  assert.match((await analyst.get('/concerns')).$('main').text(), /not proof that nothing is wrong/)
  assert.match((await analyst.get('/records/rejects')).$('main').text(), /No record was rejected/)
})
