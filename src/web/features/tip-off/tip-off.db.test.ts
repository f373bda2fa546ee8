import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { authoriseConcern } from '../../../../tests/support/authorise-concern.ts'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let investigator: Visitor
let path = ''

const notice = {
  kind: 'told',
  'day-day': '3',
  'day-month': '6',
  'day-year': '2026',
  time: '',
  people: '',
  colleagues: 'PC9',
  authorisation: '',
  reason: 'They share an office.',
}

before(async () => {
  staff = await openStaffApp()
  await staff.deps.lake.insert('upstander.staff', [
    { staff_id: 'PC9', role: 'officer', joined_on: '2020-01-01' },
  ])
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}/tip-off`
  notice.authorisation = await authoriseConcern(staff, ref, 'colleague_watch', { colleagues: ['PC9'] })
  investigator = await visit(app).signIn(staff.people.investigator)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('a notice that lacks something is shown again with what was typed and a way to each field', async () => {
  await investigator.get(path)
  const { status, $ } = await investigator.post(path, {
    ...notice,
    'day-day': '31',
    authorisation: '',
    reason: '',
  })
  assert.equal(status, 400)
  const links = $('.govuk-error-summary a').toArray()
  assert.deepEqual(
    links.map(each => $(each).attr('href')),
    ['#day-day', '#authorisation', '#reason'],
  )
  for (const each of links) assert.equal($($(each).attr('href') ?? '').length, 1)
  assert.equal($('#colleagues').text(), 'PC9')
})

test('from a notice on, contact by the member of staff and a named colleague is shown, masked, and on the concern', async () => {
  await investigator.get(path)
  assert.equal((await investigator.post(path, notice)).status, 303)
  const { $, body } = await investigator.get(path)
  const text = $('main').text().replaceAll(/\s+/g, ' ')
  assert.match(text, /3 records since then, 2 with no recorded reason/)
  assert.match(text, /Colleague \w{5}\s*Text sent/)
  assert.match(text, /Call made\s*Person \w{5}\s*A record explains it/)
  for (const secret of [onePair.staffId, onePair.personId, 'PC9']) assert.ok(!body.includes(secret), secret)
  const analyst = await visit(app).signIn(staff.people.analyst)
  const concern = await analyst.get(path.replace('/tip-off', ''))
  assert.match(
    concern.$('#after-notice-title').parent().text(),
    /3 contacts, look-ups or stops since, 2 with no recorded reason/,
  )
  assert.equal((await analyst.get(path)).status, 404)
})

test('looking again finds a new record and tells it in the history', async () => {
  await staff.deps.lake.run(
    `insert into upstander.lookups (record_id, staff_id, person_id, via, at, action)
     values ('system_access:L9', '${onePair.staffId}', '${onePair.personId}', 'person', '2026-06-07 10:00:00', 'view')`,
  )
  await investigator.get(path)
  assert.equal((await investigator.post(`${path}/check`, {})).status, 303)
  assert.match((await investigator.get(path)).$('main').text(), /Look-up by person/)
  const concern = await investigator.get(path.replace('/tip-off', ''))
  assert.match(concern.$('.app-history').text(), /1 look-up after the notice, 1 with no recorded reason/)
})

test('a watch ends with a reason, and what was seen stays', async () => {
  const { $ } = await investigator.get(path)
  const id = $('input[name=notice]').attr('value') ?? ''
  assert.equal((await investigator.post(`${path}/end`, { notice: id, reason: '' })).status, 400)
  assert.equal((await investigator.post(`${path}/end`, { notice: id, reason: 'Suspended.' })).status, 303)
  const after = await investigator.get(path)
  assert.match(after.$('main').text(), /Ended on .*Suspended\./)
  assert.match(after.$('main').text(), /4 records since then/)
})
