import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { authoriseConcern } from '../../../../tests/support/authorise-concern.ts'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { writeOnePairsWords } from '../../../../tests/support/one-words.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let investigator: Visitor
let path = ''

before(async () => {
  staff = await openStaffApp()
  await writeOnePairsWords(staff.deps.lake)
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}`
  investigator = await visit(app).signIn(staff.people.investigator)
})

after(async () => {
  await app.close()
  await staff.close()
})

const log = () =>
  staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'subject', 'outcome'])
    .where('what', '=', 'words-opened')
    .orderBy('seq')
    .execute()

test('the concern says on which day what was found, and holds none of the words', async () => {
  const { $, body } = await investigator.get(path)
  const row = $('tr:contains("2 messages: compliment, secrecy")')
  assert.match(row.text(), /2 June 2026/)
  for (const words of ['amazing', 'between us', '900456']) assert.ok(!body.includes(words), words)
  assert.equal((await log()).length, 0)
})

test('without an authorisation that covers the day nothing opens: the log has it, and the page leads to where one is asked for', async () => {
  await investigator.get(path)
  const { status, location } = await investigator.post(`${path}/words/2026-06-02`, {})
  assert.deepEqual([status, location], [303, `${path}/authorisations?for=message_content&day=2026-06-02`])
  const ref = path.split('/').at(-1) ?? ''
  await authoriseConcern(staff, ref, 'message_content', { fromOn: '2026-06-03', toOn: '2026-06-04' })
  const refused = await investigator.post(`${path}/words/2026-06-02`, {})
  assert.equal(refused.status, 303, 'another day')
  const led = await investigator.get(refused.location)
  assert.match(led.$('main').text(), /The authorisation in force does not cover 2 June 2026/)
  const used = await staff.deps.store.db
    .selectFrom('audit_entries')
    .select('outcome')
    .where('what', '=', 'authorisation-used')
    .execute()
  assert.deepEqual(
    used.map(each => each.outcome),
    ['refused', 'refused'],
  )
  await authoriseConcern(staff, ref, 'message_content')
})

test('opening shows both sides of that day and pair alone, marks what was found, and is in the log', async () => {
  await investigator.get(path)
  const { status, $ } = await investigator.post(`${path}/words/2026-06-02`, {})
  assert.equal(status, 200)
  assert.deepEqual(
    $('.app-found')
      .toArray()
      .map(each => $(each).text())
      .filter(text => text !== 'marked'),
    ['you looked amazing', 'keep this between us'],
  )
  assert.equal($('.app-thread__item').length, 3)
  assert.doesNotMatch($('main').text(), /next day|another person/)
  assert.deepEqual((await log()).slice(-1), [
    { what: 'words-opened', subject: `${path.split('/').at(-1) ?? ''} 2026-06-02`, outcome: 'allowed' },
  ])
})

test('while the concern is masked the words name nobody', async () => {
  await investigator.get(path)
  const { $, body } = await investigator.post(`${path}/words/2026-06-02`, {})
  for (const secret of ['Sarah', '900456', onePair.staffId, onePair.personId])
    assert.ok(!body.includes(secret), secret)
  assert.match($('.app-thread').text(), /Hi \[name\], you looked amazing today. Ring me on \[removed\]/)
})

test('a day without such words, or that is no day, is not there', async () => {
  await investigator.get(path)
  for (const day of ['2026-06-03', '2026-13-40', 'yesterday'])
    assert.equal((await investigator.post(`${path}/words/${day}`, {})).status, 404, day)
})

test('who may not open words is refused, and that is in the log too', async () => {
  const auditor = await visit(app).signIn(staff.people.auditor)
  await auditor.get('/account')
  assert.equal((await auditor.post(`${path}/words/2026-06-02`, {})).status, 404)
  assert.equal((await log()).at(-1)?.outcome, 'refused')
})
