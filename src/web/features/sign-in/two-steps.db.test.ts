import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { openStaffApp, oneStanding, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let person: Visitor
let key = ''
let ref = ''
let codes: string[] = []

before(async () => {
  staff = await openStaffApp([oneStanding], { secondStep: 'required' })
  app = await buildApp(staff.deps)
  const row = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  ref = row.ref
  person = visit(app)
})

after(async () => {
  await app.close()
  await staff.close()
})

/** The code of the app's clock at this moment. */
const codeAt = (iso: string): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.parse(iso) })

const events = async (): Promise<string[]> => {
  const rows = await staff.deps.store.db.selectFrom('audit_entries').select('what').orderBy('seq').execute()
  return rows.map(row => row.what)
}

test('with a password alone nothing opens but setting up a second step', async () => {
  await person.get('/sign-in')
  assert.equal((await person.post('/sign-in', staff.people.investigator)).location, '/')
  for (const path of ['/', '/concerns', `/concerns/${ref}`, '/account', '/records/rejects.csv'])
    assert.deepEqual((await person.get(path)).location, '/account/second-step', path)
  const choice = await person.get('/account/second-step')
  assert.match(choice.$('main').text(), /authenticator app/)
  assert.equal(
    (await person.post(`/concerns/${ref}/unmask`, { reason: 'x' })).location,
    '/account/second-step',
  )
})

test('an authenticator app is connected without JavaScript: a picture, a key, and a code to show that it works', async () => {
  const page = await person.get('/account/authenticator')
  key = page.$('.app-secret').text().replaceAll(' ', '')
  assert.match(key, /^[A-Z2-7]{32}$/)
  assert.equal(page.$('.app-qr svg').length, 1)
  const wrong = await person.post('/account/authenticator', { code: '12' })
  assert.equal(wrong.status, 400)
  assert.equal(
    wrong.$('.app-secret').text().replaceAll(' ', ''),
    key,
    'the same key, so the app need not start again',
  )
  const done = await person.post('/account/authenticator', { code: codeAt('2026-06-08T09:00:00Z') })
  codes = done
    .$('.app-codes li')
    .map((_, each) => done.$(each).text())
    .get()
  assert.equal(codes.length, 10)
  assert.equal((await person.get('/')).status, 200, 'now everything opens')
})

test('the next time a code is asked for, and the address of the step leads nowhere without the password', async () => {
  staff.setClock('2026-06-08T09:01:00Z')
  const again = visit(app)
  await again.get('/sign-in/code')
  const alone = await again.post('/sign-in/code', { code: codeAt('2026-06-08T09:01:00Z') })
  assert.match(alone.$('.govuk-error-summary').text(), /e-mail address and password again/)
  assert.equal((await again.post('/sign-in', staff.people.investigator)).location, '/sign-in/code')
  assert.equal((await again.get('/')).location, '/sign-in')
  await again.get('/sign-in/code')
  assert.equal((await again.post('/sign-in/code', { code: '000' })).status, 400)
  assert.equal((await again.post('/sign-in/code', { code: codeAt('2026-06-08T09:01:00Z') })).location, '/')
  assert.equal((await again.get('/')).status, 200)
})

test('ten minutes later a grave act asks for a code, loses nothing, and is done with it', async () => {
  staff.setClock('2026-06-08T09:11:30Z')
  await person.get(`/concerns/${ref}`)
  const reason = 'The "home" & its <owner> must be known.'
  const asked = await person.post(`/concerns/${ref}/unmask`, { reason })
  assert.equal(asked.$('h1').text(), 'Confirm that it is you')
  assert.equal(asked.$('input[name=reason]').val(), reason)
  const wrong = await person.post(`/concerns/${ref}/unmask`, { reason, proof_code: '000000' })
  assert.equal(wrong.status, 400)
  assert.equal(wrong.$('input[name=reason]').val(), reason)
  const proof_code = codeAt('2026-06-08T09:11:30Z')
  const done = await person.post(`/concerns/${ref}/unmask`, { reason, proof_code })
  assert.equal(done.location, `/concerns/${ref}#further-title`)
  assert.match((await person.get(`/concerns/${ref}`)).$('main').text(), /You asked to know who they are/)
  const told = (await events()).filter(what => /proof|proved|unmask/.test(what))
  assert.deepEqual(told, ['identity-proof-refused', 'identity-proved', 'unmask-asked'])
})

test('a file to take away asks for it too, and then leads to the file', async () => {
  staff.setClock('2026-06-08T09:22:00Z')
  const asked = await person.get('/records/rejects.csv?feed=billing')
  assert.equal(asked.$('h1').text(), 'Confirm that it is you')
  const then = String(asked.$('input[name=then]').val())
  const proof_code = codeAt('2026-06-08T09:22:00Z')
  assert.equal((await person.post('/account/proof', { then, proof_code })).location, then)
  assert.match(String((await person.get(then)).headers['content-type']), /text\/csv/)
})

test('a recovery code stands in once, and the last second step cannot be removed', async () => {
  const elsewhere = visit(app)
  await elsewhere.get('/sign-in')
  await elsewhere.post('/sign-in', staff.people.investigator)
  await elsewhere.get('/sign-in/code')
  assert.equal((await elsewhere.post('/sign-in/code', { code: codes[0] ?? '' })).location, '/')
  const account = await elsewhere.get('/account')
  assert.match(account.$('main').text(), /9 codes left/)
  const kept = await elsewhere.post('/account/authenticator/remove', {})
  assert.equal(kept.status, 409)
  assert.match(kept.$('.govuk-error-summary').text(), /only second step/)
})

test('a person sees where they are signed in, and ends a visit elsewhere at once', async () => {
  const account = await person.get('/account')
  const end = account.$('form[action$="/end"]').first().attr('action') ?? ''
  assert.match(end, /^\/account\/sessions\/\w+\/end$/)
  assert.equal((await person.post('/account/sessions/end-others', {})).location, '/account')
  assert.equal((await person.get('/account')).$('form[action$="/end"]').length, 0)
  assert.equal((await person.post('/account/sessions/nobody/end', {})).status, 404)
})
