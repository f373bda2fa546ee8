import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { oneStanding, openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { runSql } from '../../../casework-store/test-stores.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let administrator: Visitor
let head: Visitor
let ann: Visitor
let annPath = ''
let firstPassword = ''
const email = 'ann.alyst@example.uk'
const own = 'kettle marble otter'

before(async () => {
  staff = await openStaffApp([oneStanding])
  await staff.deps.lake.insert('upstander.staff', [{ staff_id: onePair.staffId }])
  app = await buildApp(staff.deps)
  administrator = await visit(app).signIn(staff.people.system_administrator)
  head = await visit(app).signIn(staff.people.head_of_unit)
})

after(async () => {
  await app.close()
  await staff.close()
})

const written = async () =>
  await staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'why', 'subject'])
    .orderBy('seq')
    .execute()

test('an invitation that lacks something is shown again with every fault and what was typed', async () => {
  const nothing = await administrator.post('/accounts/new', { name: 'Ann' })
  assert.match(
    nothing.$('.govuk-error-summary').text(),
    /like name@example.uk[\s\S]*staff number, or say that they are not[\s\S]*Select what they do/,
  )
  const unknown = await administrator.post('/accounts/new', {
    name: 'Ann',
    email,
    number: 'nobody',
    roles: 'analyst',
  })
  assert.match(unknown.$('.govuk-error-summary').text(), /No member of staff has this number/)
  assert.equal(unknown.$('#email').val(), email)
  assert.equal(unknown.$('input[value=analyst]').attr('checked'), 'checked')
  const clash = await administrator.post('/accounts/new', {
    name: 'Ann',
    email,
    not_staff: 'yes',
    roles: 'system_administrator,analyst',
  })
  assert.match(clash.$('.govuk-error-summary').text(), /Select what they do/)
})

test('an administrator invites a person, who is linked to their row of the staff records', async () => {
  const typed = { name: 'Ann Alyst', email, number: onePair.staffId, roles: 'analyst' }
  const made = await administrator.post('/accounts/new', typed)
  assert.equal(made.status, 200)
  firstPassword = made.$('dd.app-secret').text()
  annPath = made.$('a.govuk-button').attr('href') ?? ''
  const row = await staff.deps.store.db
    .selectFrom('users')
    .select('staff_id')
    .where('email', '=', email)
    .executeTakeFirst()
  assert.equal(row?.staff_id, onePair.staffId)
  const again = await administrator.post('/accounts/new', typed)
  assert.match(again.$('.govuk-error-summary').text(), /already/)
  assert.match(
    (await administrator.get('/accounts')).$('main').text(),
    /Ann Alyst[\s\S]*To be confirmed: Analyst/,
  )
})

test('the first password lets them choose their own, and nothing else', async () => {
  ann = visit(app)
  await ann.get('/sign-in')
  assert.equal((await ann.post('/sign-in', { email, password: firstPassword })).location, '/')
  assert.equal((await ann.get('/concerns')).location, '/account/password')
  assert.equal((await ann.get('/account')).location, '/account/password')
  await ann.get('/account/password')
  assert.equal((await ann.post('/account/password', { password: 'short' })).status, 400)
  assert.equal((await ann.post('/account/password', { password: own })).location, '/account')
  assert.equal((await ann.get('/account')).status, 200)
  const late = visit(app)
  await late.get('/sign-in')
  assert.equal((await late.post('/sign-in', { email, password: firstPassword })).status, 400)
})

test('a role that reads police data opens nothing until another person has confirmed who it is', async () => {
  assert.equal((await ann.get('/concerns')).status, 404)
  const page = await head.get('/accounts/to-confirm')
  assert.match(page.$('main').text(), /Ann Alyst[\s\S]*Analyst/)
  const action = page.$('form[action^="/accounts/to-confirm/"]').attr('action') ?? ''
  assert.equal((await administrator.post(action, { choice: 'yes' })).status, 404, 'not by the one who asked')
  assert.equal((await head.post(action, { choice: 'yes' })).location, '/accounts/to-confirm')
  assert.equal((await head.post(action, { choice: 'yes' })).status, 404, 'answered once')
  assert.equal((await ann.get('/account')).location, '/sign-in', 'their visit began with other roles')
  await ann.signIn({ email, password: own })
  assert.equal((await ann.get('/concerns')).status, 200)
})

test('AUT-01: roles that an administrator changes are in force at the next request, and visits are over', async () => {
  const startedAt = performance.now()
  assert.equal((await administrator.post(`${annPath}/roles`, { roles: 'prevent' })).location, annPath)
  assert.equal((await ann.get('/concerns')).location, '/sign-in')
  assert.ok(performance.now() - startedAt < 1_000)
  await ann.signIn({ email, password: own })
  assert.equal((await ann.get('/concerns')).status, 404)
})

test('a disabled person is out at once, and comes back when enabled', async () => {
  await administrator.get(annPath)
  await administrator.post(`${annPath}/disabled`, { choice: 'yes' })
  assert.equal((await ann.get('/account')).location, '/sign-in')
  await ann.get('/sign-in')
  assert.equal((await ann.post('/sign-in', { email, password: own })).status, 400)
  await administrator.post(`${annPath}/disabled`, { choice: 'no' })
  await ann.signIn({ email, password: own })
  await administrator.post(`${annPath}/sessions/end`, {})
  assert.equal((await ann.get('/account')).location, '/sign-in')
})

test('whoever makes a new first sign-in gains nothing with it: police roles wait to be confirmed again', async () => {
  await administrator.post(`${annPath}/roles`, { roles: 'analyst' })
  const action = (await head.get('/accounts/to-confirm'))
    .$('form[action^="/accounts/to-confirm/"]')
    .attr('action')
  await head.post(action ?? '', { choice: 'yes' })
  await administrator.get(annPath)
  const given = await administrator.post(`${annPath}/first-sign-in`, {})
  const thief = visit(app)
  await thief.get('/sign-in')
  assert.equal((await thief.post('/sign-in', { email, password: own })).status, 400)
  await thief.post('/sign-in', { email, password: given.$('dd.app-secret').text() })
  await thief.get('/account/password')
  await thief.post('/account/password', { password: 'another word entirely' })
  assert.equal((await thief.get('/concerns')).status, 404)
})

test('an administrator cannot change their own account, nor one that is not there', async () => {
  const list = await administrator.get('/accounts')
  const mine = list.$('a:contains("A system_administrator")').attr('href') ?? ''
  const refused = await administrator.post(`${mine}/roles`, { roles: 'analyst' })
  assert.equal(refused.status, 409)
  assert.match(refused.$('.govuk-error-summary').text(), /ask another administrator/)
  assert.equal((await administrator.get('/accounts/nobody')).status, 404)
  assert.equal((await administrator.post('/accounts/nobody/disabled', { choice: 'yes' })).status, 404)
})

test('every change is in the log, with the account and what was given, and no password', async () => {
  const entries = await written()
  const kinds = entries.map(entry => entry.what)
  for (const what of [
    'account-made',
    'own-password-chosen',
    'roles-confirmed',
    'roles-changed',
    'account-disabled',
    'account-invited-again',
    'sessions-ended',
  ])
    assert.ok(kinds.includes(what), what)
  assert.doesNotMatch(JSON.stringify(entries), new RegExp(`${firstPassword}|${own}`))
})

test('COI-05: an account of the directory that is linked to nobody stands out, and is linked once its number is in the staff records', async () => {
  const { store } = staff.deps
  await runSql(
    store,
    "insert into users (id, name, email, created_at, updated_at) values ('uma', 'Uma', 'uma@example.uk', now(), now())",
  )
  await runSql(
    store,
    "insert into accounts (id, user_id, provider_id, account_id, created_at, updated_at) values ('d', 'uma', 'directory', 'uma', now(), now())",
  )
  const row = (seen: Seen) =>
    seen
      .$('tr')
      .filter((_, each) => seen.$(each).text().includes('uma@example.uk'))
      .text()
  assert.match(row(await administrator.get('/accounts')), /Not linked to the staff records: open it/)
  const wrong = await administrator.post('/accounts/uma/staff-number', { number: 'nobody' })
  assert.deepEqual([wrong.status, wrong.$('#number').val()], [400, 'nobody'])
  assert.match(wrong.$('.govuk-error-summary').text(), /No member of staff has this number/)
  const linked = await administrator.post('/accounts/uma/staff-number', { number: onePair.staffId })
  assert.equal(linked.status, 303)
  assert.doesNotMatch(row(await administrator.get('/accounts')), /Not linked/)
  const kept = await store.db
    .selectFrom('exclusions')
    .select('staff_id')
    .where('user_id', '=', 'uma')
    .execute()
  assert.deepEqual(kept, [{ staff_id: onePair.staffId }])
  assert.equal((await administrator.get('/accounts/uma')).$('#number').length, 0, 'a link stays')
})
