import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let analyst: Visitor
let path = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}`
})

beforeEach(async () => {
  staff.setClock('2026-06-08T09:00:00Z')
  analyst = await visit(app).signIn(staff.people.analyst)
})

after(async () => {
  await app.close()
  await staff.close()
})

const secrets = [onePair.staffId, onePair.personId, '+447700900001', '7700 900001']

test('the sentence comes first, and nothing on the page names anybody', async () => {
  const { $, body, headers } = await analyst.get(path)
  assert.match($('main h1').text(), /^Staff \w{5} and person \w{5}$/)
  assert.match($('.app-account-text').text(), /^Stopped 4 times within 60 m/)
  for (const secret of secrets) assert.ok(!body.includes(secret), `${secret} is on the page`)
  assert.doesNotMatch($('head title').text(), /Staff|person/)
  assert.equal(headers['cache-control'], 'no-store')
})

test('the picture and its table hold the same records', async () => {
  const { $ } = await analyst.get(path)
  const marks = $('.app-timeline__plot .app-mark').length
  const spans = $('.app-timeline__plot .app-span').length
  assert.equal(marks + spans, $('.app-scroll tbody tr').length)
  assert.deepEqual(
    $('.app-timeline__labels text')
      .toArray()
      .map(each => $(each).text()),
    ['Case', 'Duty', 'Attendance', 'Contact', 'Stay near address', 'Look-up', 'Declared'],
  )
  assert.match($('#timeline-summary').text(), /2 contacts, 1 unexplained; 1 stay, 1 unexplained/)
})

test('every link of what is on the page leads to a heading of it', async () => {
  const { $ } = await analyst.get(path)
  const links = $('.app-contents a').toArray()
  assert.ok(links.length >= 5)
  for (const link of links) {
    const to = $(link).attr('href') ?? ''
    assert.equal($(`h2${to}`).length, 1, to)
  }
})

test('the records that nothing explains can be read alone, and are one link from the concern', async () => {
  const { $ } = await analyst.get(path)
  const link = $('a:contains("Read the 3 records that nothing explains")')
  assert.equal(link.attr('href'), `${path}/records?days=90&show=unexplained`)
  const only = await analyst.get(link.attr('href') ?? '')
  const explained = only
    .$('tbody td[data-label="Explained"]')
    .toArray()
    .map(each => only.$(each).text())
  assert.deepEqual(
    explained,
    Array.from({ length: 3 }, () => 'No record explains it'),
  )
  const all = await analyst.get(only.$('a:contains("all 7 records")').attr('href') ?? '')
  assert.equal(all.$('tbody tr').length, 7)
})

test('coverage names each of the eight feeds, and nothing on the page shows its own markup', async () => {
  const { $ } = await analyst.get(path)
  assert.equal($('.app-coverage li').length, 8)
  assert.doesNotMatch($('main').text(), /<\/?[a-z]+/)
})

test('the score splits into its parts, with the record behind each, and they add up', async () => {
  const { $ } = await analyst.get(path)
  const parts = $('.app-parts tbody').text().replaceAll(/\s+/g, ' ')
  assert.match(parts, /Location .*Stays at a home without being sent.*Stay \w{5}.*With a colleague.*−1/)
  assert.match($('#parts-title').text(), /21.5 points. Review needs 17; Develop needs 24/)
})

test('an explanation that needs records nobody supplied is "cannot tell", and says who could', async () => {
  const { $ } = await analyst.get(path)
  const row = $('tr:contains("made with a colleague")').text().replaceAll(/\s+/g, ' ')
  assert.match(
    row,
    /Cannot tell.*Not supplied for all of these days: crewing and positions.*\(command and control\)/,
  )
})

test('a decision without a reason is shown again with what was typed and a way to the field', async () => {
  await analyst.get(path)
  const { status, $ } = await analyst.post(`${path}/decision`, { kind: 'no_concern', reason: '' })
  assert.equal(status, 400)
  assert.equal($('input[name=kind]:checked').attr('value'), 'no_concern')
  const problems = $('.govuk-error-summary a').toArray()
  assert.deepEqual(
    problems.map(each => $(each).attr('href')),
    ['#explanation', '#reason'],
  )
  for (const each of problems) assert.equal($($(each).attr('href') ?? '').length, 1)
  assert.match($('head title').text(), /^Error: /)
})

test('a decision can be taken back for ten minutes, and both stay in the history', async () => {
  await analyst.get(path)
  const decided = await analyst.post(`${path}/decision`, {
    kind: 'no_concern',
    explanation: 'lives-nearby',
    reason: 'HR confirmed the address.',
  })
  assert.deepEqual([decided.status, decided.location], [303, path])
  const after = await analyst.get(path)
  assert.match(after.$('.govuk-notification-banner').text(), /You can take it back until 10:10/)
  assert.match((await analyst.get('/concerns')).$('main').text(), /No concern waits for a decision/)
  await analyst.get(path)
  assert.equal((await analyst.post(`${path}/decision/undo`, {})).status, 303)
  const back = await analyst.get(path)
  const says = /The decision was taken back on 8 June 2026, 10:00\. Nothing is decided now/
  assert.match(back.$('main [role="status"]').text(), says)
  assert.doesNotMatch(after.$('main').text(), says)
  assert.deepEqual(
    back
      .$('.app-history strong')
      .toArray()
      .slice(0, 2)
      .map(each => back.$(each).text()),
    ['Decision taken back', 'Decided'],
  )
})

test('a decision stands after ten minutes, and the page says why', async () => {
  await analyst.get(path)
  await analyst.post(`${path}/decision`, { kind: 'cannot_tell', reason: 'The booking sheets are lost.' })
  staff.setClock('2026-06-08T09:11:00Z')
  const { status, $ } = await analyst.post(`${path}/decision/undo`, {})
  assert.equal(status, 409)
  assert.match($('.govuk-notification-banner').text(), /ten minutes have passed/)
})

test('an analyst asks, an investigator agrees, and only then does the analyst see who it is', async () => {
  await analyst.get(path)
  await analyst.post(`${path}/unmask`, { reason: 'The vehicle booking names them.' })
  const waiting = await analyst.get(path)
  assert.match(waiting.$('main').text(), /You asked to know who they are/)
  assert.ok(!waiting.body.includes(onePair.staffId))
  const investigator = await visit(app).signIn(staff.people.investigator)
  const { $ } = await investigator.get(path)
  assert.match($('main').text(), /asked on 8 June 2026, 10:00: “The vehicle booking names them.”/)
  await investigator.post($('form[action*="/unmask/"]').attr('action') ?? '', {})
  assert.match(
    (await analyst.get(path)).$('h1').text(),
    new RegExp(`${onePair.staffId}.*${onePair.personId}`),
  )
  assert.match(
    (await analyst.get(path)).$('main').text(),
    /You are shown who they are until \d\d:\d\d\. Everybody else/,
  )
  assert.ok(
    !(await investigator.get(path)).body.includes(onePair.staffId),
    'agreeing shows nothing to oneself',
  )
})

test('unmasking without a reason shows nobody', async () => {
  const investigator = await visit(app).signIn(staff.people.investigator)
  await investigator.get(path)
  const { status, body, $ } = await investigator.post(`${path}/unmask`, { reason: ' ' })
  assert.equal(status, 400)
  assert.equal($('#unmask-reason').length, 1)
  assert.ok(!body.includes(onePair.staffId))
})

test('a person who knows one of them is taken off, and finds the page that is not there', async () => {
  const investigator = await visit(app).signIn(staff.people.investigator)
  const again = await investigator.post(`${path}/recusal`, {})
  assert.equal(again.status, 400)
  assert.match(again.$('.govuk-error-summary').text(), /Select whom you know/)
  assert.equal((await investigator.post(`${path}/recusal`, { knows: 'staff' })).status, 303)
  const gone = await investigator.get(path)
  assert.equal(gone.status, 404)
  assert.equal((await analyst.get(path)).status, 200)
})
