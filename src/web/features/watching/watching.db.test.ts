import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let auditor: Visitor
let concern = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  concern = `/concerns/${ref}`
  staff.setClock('2026-05-30T21:00:00Z')
  const analyst = await visit(app).signIn(staff.people.analyst)
  await analyst.get(concern)
  await analyst.get('/concerns?text=A+analyst')
  staff.setClock('2026-06-08T09:00:00Z')
  auditor = await visit(app).signIn(staff.people.auditor)
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

test('the auditor sees who read at night and who searched for themselves, and nobody whom a record is about', async () => {
  const seen = await auditor.get('/watching')
  assert.equal(seen.status, 200)
  assert.match(text(seen), /A analyst ?Searched the review queue for themselves or somebody close, 1 time/)
  assert.match(text(seen), /A analyst ?2 readings ?30 May 2026, 22:00 to 22:00/)
  for (const secret of [onePair.staffId, onePair.personId]) assert.ok(!seen.body.includes(secret), secret)
  assert.equal((await auditor.get(concern)).status, 404, 'LOG-14: the auditor reads no concern')
})

test('an entry of the sample is judged: what lacks something is shown again, and the outcome stands beside it', async () => {
  const seen = await auditor.get('/watching')
  assert.match(
    text(seen),
    /Sample of May 2026 2 entries drawn at random from 2 readings on 8 June 2026; 0 looked at/,
  )
  const action = seen.$('form[action^="/watching/sample/"]').attr('action') ?? ''
  const faulty = await auditor.post(action, { outcome: 'shown', note: '' })
  assert.equal(faulty.status, 400)
  const link = faulty.$('.govuk-error-summary a').attr('href') ?? ''
  assert.equal(faulty.$(link).length, 1)
  assert.equal(faulty.$('input[name=outcome]:checked').attr('value'), 'shown')
  assert.equal((await auditor.post(action, { outcome: 'asked', note: 'On call that night.' })).status, 303)
  assert.match(text(await auditor.get('/watching')), /Asked, and explained: On call that night\. A auditor/)
})

test('the unit that is watched cannot see the page', async () => {
  const head = await visit(app).signIn(staff.people.head_of_unit)
  assert.equal((await head.get('/watching')).status, 404)
})
