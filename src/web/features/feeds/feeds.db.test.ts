import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let officer: Visitor

before(async () => {
  staff = await openStaffApp()
  await staff.deps.store.db.deleteFrom('feed_bases').execute()
  app = await buildApp(staff.deps)
  officer = await visit(app).signIn(staff.people.data_protection)
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

const form = {
  act: 'confirm',
  feeds: 'billing',
  basis: '',
  notice: '',
  'notice-day': '6',
  'notice-month': '1',
  'notice-year': '2025',
  owner: '',
  days: '',
  'until-day': '1',
  'until-month': '6',
  'until-year': '2027',
  reason: 'DPIA 14.',
}

test('before anything is confirmed the page and the overview say that all is read for now, and every feed is ticked', async () => {
  const seen = await officer.get('/feeds')
  assert.match(text(seen), /40 feeds are read for now on the basis proposed, until 60 days after/)
  assert.equal(seen.$('input[name=feeds]:checked').length, 40)
  assert.match(text(await officer.get('/')), /Confirm the lawful basis of 40 feeds/)
})

test('RET-03: while no copy of the register of erasures is kept elsewhere, the overview says so to those who have records destroyed', async () => {
  const told = /a copy of the register of erasures kept on another disk/
  assert.match(text(await officer.get('/')), told)
  const analyst = await visit(app).signIn(staff.people.analyst)
  assert.doesNotMatch(text(await analyst.get('/')), told)
})

test('sixty days after the first records the page and the overview say that nothing is read', async () => {
  const first = { batch_id: 1, feed: 'billing', committed_at: '2026-01-01 00:00:00' }
  await staff.deps.lake.insert('upstander.batches', [first])
  const seen = await officer.get('/feeds')
  assert.match(text(seen), /40 feeds of 40 are not read by any indicator/)
  assert.equal(seen.$('input[name=feeds]:checked').length, 40)
  assert.match(text(await officer.get('/')), /Look at 40 feeds without a current lawful basis/)
})

test('what lacks something is shown again with what was typed and a way to each field', async () => {
  await officer.get('/feeds')
  const seen = await officer.post('/feeds', { ...form, 'notice-day': '31', 'notice-month': '2', reason: '' })
  assert.equal(seen.status, 400)
  const links = seen.$('.govuk-error-summary a').toArray()
  assert.deepEqual(
    links.map(each => seen.$(each).attr('href')),
    ['#notice-day', '#reason'],
  )
  for (const each of links) assert.equal(seen.$(seen.$(each).attr('href') ?? '').length, 1)
  assert.deepEqual(
    seen
      .$('input[name=feeds]:checked')
      .map((_, each) => seen.$(each).val())
      .toArray(),
    ['billing'],
  )
})

test('one feed is confirmed, and withdrawn again with the reason beside it', async () => {
  await officer.get('/feeds')
  assert.equal((await officer.post('/feeds', form)).status, 303)
  const confirmed = await officer.get('/feeds')
  assert.match(text(confirmed), /39 feeds of 40 are not read/)
  assert.match(
    text(confirmed),
    /Until 1 June 2027 ?Who said so of [A-Z][a-z ]+?Confirmed by A data_protection, 8 June 2026: DPIA 14\./,
  )
  await officer.post('/feeds', { ...form, act: 'withdraw', reason: 'The notice was wrong.' })
  assert.match(text(await officer.get('/feeds')), /Not read: its basis was withdrawn/)
})

test('the head of unit reads the page and cannot confirm', async () => {
  const head = await visit(app).signIn(staff.people.head_of_unit)
  const seen = await head.get('/feeds')
  assert.equal(seen.$('main form').length, 0)
  assert.equal((await head.post('/feeds', form)).status, 404)
})
