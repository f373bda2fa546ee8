import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { insertStaffLinks } from '../../../access/staff-link-store.ts'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let handler: Visitor
let ref = ''

before(async () => {
  staff = await openStaffApp()
  // The store looks at its own clock too.
  const now = new Date()
  staff.setClock(now.toISOString())
  const { db } = staff.deps.store
  for (const role of ['case_handler', 'investigator', 'head_of_unit'] as const) {
    const link = { staffId: `CHIEF-${role}`, otherStaffId: `STAFF-${role}`, personId: '' }
    await insertStaffLinks(db, [{ ...link, kind: 'supervises', source: 'test' }], now)
    await db
      .updateTable('users')
      .set({ staff_id: `STAFF-${role}` })
      .where('email', '=', staff.people[role].email)
      .execute()
  }
  app = await buildApp(staff.deps)
  const concern = await db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  ref = concern.ref
  handler = await visit(app).signIn(staff.people.case_handler)
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')
const form = () => ({ concern: ref.toLowerCase(), cause: 'life_at_risk', reason: 'She rang 999.' })

test('a request that lacks something is shown again with what was typed and a way to each field', async () => {
  await handler.get('/break-glass')
  for (const [change, field] of [
    [{ concern: 'AAAA-2222' }, '#concern'],
    [{ cause: '' }, '#cause'],
    [{ reason: '' }, '#reason'],
  ] as const) {
    const seen = await handler.post('/break-glass', { ...form(), ...change })
    assert.equal(seen.status, 400)
    assert.equal(seen.$('.govuk-error-summary a').attr('href'), field)
    assert.equal(seen.$(field).length, 1)
  }
})

test('two others agree on their pages, and the concern opens to the one who asked', async () => {
  await handler.get('/break-glass')
  assert.equal((await handler.post('/break-glass', form())).status, 303)
  for (const role of ['investigator', 'head_of_unit'] as const) {
    const approver = await visit(app).signIn(staff.people[role])
    assert.match(text(await approver.get('/')), /Answer 1 emergency now/)
    const seen = await approver.get('/break-glass')
    assert.match(text(seen), /A case_handler asked on .* Somebody is in danger now: She rang 999\./)
    const action = seen.$('form[action$="/approve"]').attr('action') ?? ''
    assert.equal((await approver.post(action, { reason: '' })).status, 400)
    assert.equal((await approver.post(action, { reason: 'I spoke to them.' })).status, 303)
  }
  assert.match(text(await handler.get('/break-glass')), /Open until \d\d:\d\d/)
})

test('BRK-03: what is opened is one page, kept nowhere, blank in print, and opens nothing else', async () => {
  const seen = await handler.get('/break-glass')
  const opened = await handler.post(seen.$('form[action$="/open"]').attr('action') ?? '', {})
  assert.equal(opened.status, 200)
  assert.match(text(opened), new RegExp(`Staff ${onePair.staffId} and person ${onePair.personId}`))
  assert.match(String(opened.headers['cache-control']), /no-store/)
  assert.equal(opened.$('main').children().not('.app-no-print').length, 0)
  assert.equal(opened.$('main form, main a[href*="concerns"]').length, 0)
  assert.equal((await handler.get(`/concerns/${ref}`)).status, 404)
})

test('those who read the concern and the auditor are told by reference alone, and the auditor reviews it', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  assert.match(text(await analyst.get('/')), new RegExp(`Concern ${ref} was opened in an emergency`))
  const seen = await analyst.get('/break-glass')
  assert.ok(!seen.body.includes('She rang 999'), 'not the reason')
  assert.match((await analyst.get(`/concerns/${ref}`)).$('.app-history').text(), /Opened in an emergency/)
  const auditor = await visit(app).signIn(staff.people.auditor)
  assert.match(text(await auditor.get('/')), /Review 1 opening in an emergency/)
  const page = await auditor.get('/break-glass')
  for (const secret of [onePair.staffId, onePair.personId]) assert.ok(!page.body.includes(secret), secret)
  const action = page.$('form[action$="/review"]').attr('action') ?? ''
  const faulty = await auditor.post(action, { reason: 'The call is on the log.' })
  assert.equal(faulty.$(faulty.$('.govuk-error-summary a').attr('href') ?? '').length, 1)
  const done = await auditor.post(action, { justified: 'yes', reason: 'The call is on the log.' })
  assert.equal(done.status, 303)
  assert.match(text(await auditor.get('/break-glass')), /Justified, A auditor, .*: The call is on the log\./)
})
