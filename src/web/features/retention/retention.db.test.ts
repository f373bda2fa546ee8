import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let head: Visitor
let officer: Visitor

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  head = await visit(app).signIn(staff.people.head_of_unit)
  officer = await visit(app).signIn(staff.people.data_protection)
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

test('RET-02: on the page one person asks and another agrees, and until the night either takes it back', async () => {
  assert.match(text(await head.get('/retention')), /No record is older than its rule allows/)
  const empty = await head.post('/retention/destruction', { why: '' })
  assert.equal(empty.status, 400)
  assert.equal(empty.$('.govuk-error-summary a').attr('href'), '#why')
  assert.equal((await head.post('/retention/destruction', { why: 'The yearly round' })).status, 303)
  const own = await head.get('/retention')
  assert.equal(own.$('button[value=agree]').length, 0, 'nobody agrees to what they asked for')
  const action = own.$('form[action^="/retention/destruction/"]').attr('action') ?? ''
  assert.equal((await head.post(action, { answer: 'agree' })).status, 404)
  assert.match(text(await officer.get('/retention')), /“The yearly round”. Another person has to agree/)
  assert.equal((await officer.post(action, { answer: 'agree' })).status, 303)
  assert.match(text(await head.get('/retention')), /destroyed by the next nightly run/)
  assert.equal((await head.post(action, { answer: 'withdraw' })).status, 303)
  assert.match(text(await officer.get('/retention')), /Taken back by A head_of_unit/)
})

test('a hold is mended without losing anything, placed, and ended', async () => {
  await officer.get('/retention')
  const seen = await officer.post('/retention/holds', {
    kind: 'staff',
    staff: 'nobody',
    reason: 'Claim',
    'review-day': '31',
  })
  assert.equal(seen.status, 400)
  assert.deepEqual(
    seen
      .$('.govuk-error-summary a')
      .toArray()
      .map(each => seen.$(each).attr('href')),
    ['#staff', '#review-day'],
  )
  assert.equal(seen.$('#staff').val(), 'nobody')
  const good = {
    kind: 'everything',
    reason: 'Claim',
    'review-day': '1',
    'review-month': '12',
    'review-year': '2026',
  }
  assert.equal((await officer.post('/retention/holds', good)).status, 303)
  const held = await head.get('/retention')
  assert.match(text(held), /Everything\s?Claim\s?A data_protection/)
  assert.equal((await head.post(held.$('form[action$="/end"]').attr('action') ?? '', {})).status, 303)
  assert.match(text(await head.get('/retention')), /Nothing is on hold/)
})
