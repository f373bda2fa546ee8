import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { insertExclusion } from '../../../access/exclusion-store.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let investigator: Visitor
let head: Visitor
let concern = ''

before(async () => {
  staff = await openStaffApp()
  await staff.deps.lake.insert('upstander.system_access', [
    access('L1', '2026-06-01 20:00:00', { reason: `PNC for ${onePair.staffId}` }),
    access('L2', '2026-05-01 10:00:00', { subject_id: 'PERSON-5' }),
    access('L3', '2026-06-02 10:00:00', { staff_id: 'PC9' }),
  ])
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  concern = `/concerns/${ref}`
  investigator = await visit(app).signIn(staff.people.investigator)
  head = await visit(app).signIn(staff.people.head_of_unit)
})

after(async () => {
  await app.close()
  await staff.close()
})

const access = (access_id: string, at: string, change: object) => ({
  access_id,
  staff_id: onePair.staffId,
  at,
  system: 'RMS',
  action: 'view',
  subject_kind: 'person',
  subject_id: onePair.personId,
  remote: false,
  ...change,
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

const form = {
  kind: 'system_audit',
  'from-day': '1',
  'from-month': '6',
  'from-year': '2026',
  'to-day': '8',
  'to-month': '6',
  'to-year': '2026',
  days: '28',
  basis: 'conduct',
  necessity: `A colleague said that ${onePair.staffId} looks people up for a friend.`,
  proportionality: 'One week of one person.',
}

test('a request that lacks something is shown again with what was typed and a way to each field', async () => {
  await investigator.get(`${concern}/authorisations`)
  const seen = await investigator.post(`${concern}/authorisations`, {
    ...form,
    'from-day': '31',
    days: 'many',
    basis: '',
  })
  assert.equal(seen.status, 400)
  const links = seen.$('.govuk-error-summary a').toArray()
  assert.deepEqual(
    links.map(each => seen.$(each).attr('href')),
    ['#from-day', '#days', '#basis'],
  )
  for (const each of links) assert.equal(seen.$(seen.$(each).attr('href') ?? '').length, 1)
  assert.equal(seen.$('#proportionality').text(), form.proportionality)
})

test('an audit of one person opens nothing before another person granted it', async () => {
  await investigator.get(`${concern}/authorisations`)
  assert.equal((await investigator.post(`${concern}/authorisations`, form)).status, 303)
  const own = await investigator.get(`${concern}/authorisations`)
  assert.match(text(own), /Waits for an answer/)
  assert.equal(own.$('button[value=grant]').length, 0, 'the one who asked cannot grant')
  const audit = await investigator.get(`${concern}/system-audit`)
  assert.match(text(audit), /No authorisation for a system audit is in force/)
  assert.equal(audit.$('tbody tr').length, 0)
})

test('the head of unit is told of it, answers with a reason, and the register holds it, naming nobody', async () => {
  assert.match(text(await head.get('/')), /Answer 1 request/)
  const seen = await head.get(`${concern}/authorisations`)
  const action = seen.$('form:has(button[value=grant])').attr('action') ?? ''
  const empty = await head.post(action, { act: 'grant', reason: '' })
  assert.equal(empty.status, 400)
  assert.equal(empty.$(empty.$('.govuk-error-summary a').attr('href') ?? '').length, 1)
  assert.equal((await head.post(action, { act: 'grant', reason: 'Narrow enough.' })).status, 303)
  const register = await head.get('/authorisations')
  assert.match(text(register), /In force.*A system audit of one person/)
  assert.match(text(register), /Granted by A head_of_unit/)
  assert.ok(!register.body.includes(onePair.staffId), 'free text names nobody')
})

test('the auditor and the data protection officer read the register, and no concern', async () => {
  const auditor = await visit(app).signIn(staff.people.auditor)
  const register = await auditor.get('/authorisations')
  assert.match(text(register), /A system audit of one person/)
  assert.equal(register.$('main a').length, 0)
  assert.equal((await auditor.get(`${concern}/authorisations`)).status, 404)
})

test('under it the audit shows every look-up of that person in those days, masked, and is in the log', async () => {
  const seen = await investigator.get(`${concern}/system-audit`)
  assert.match(text(seen), /1 look-up: 0 have a recorded reason/)
  assert.equal(seen.$('tbody tr').length, 1)
  for (const secret of [onePair.staffId, onePair.personId]) assert.ok(!seen.body.includes(secret), secret)
  const used = staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'outcome'])
    .orderBy('seq', 'desc')
  assert.deepEqual(await used.executeTakeFirst(), { what: 'authorisation-used', outcome: 'allowed' })
})

test('COI-09: whoever is close to somebody else who was looked up sees neither that look-up nor a figure that counts it', async () => {
  const { lake, store } = staff.deps
  await lake.insert('upstander.system_access', [
    access('L4', '2026-06-03 10:00:00', { subject_id: 'PERSON-OF-A-FRIEND' }),
  ])
  assert.match(text(await investigator.get(`${concern}/system-audit`)), /2 look-ups:/)
  const { id } = await store.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', staff.people.investigator.email)
    .executeTakeFirstOrThrow()
  await insertExclusion(store.db, {
    ...{ userId: id, from: { personId: 'PERSON-OF-A-FRIEND' }, kind: 'recusal', source: 'test' },
    ...{ byUser: id, at: new Date() },
  })
  const seen = await investigator.get(`${concern}/system-audit`)
  assert.match(text(seen), /1 look-up:/)
  assert.equal(seen.$('tbody tr').length, 1)
})

test('a week before its review the overview warns, and when it has lapsed the audit is closed', async () => {
  staff.setClock('2026-06-30T09:00:00Z')
  const before = await visit(app).signIn(staff.people.investigator)
  assert.match(text(await before.get('/')), /Look at 1 authorisation: it lapses soon, or is to be reviewed/)
  staff.setClock('2026-07-07T09:00:00Z')
  const later = await visit(app).signIn(staff.people.investigator)
  assert.match(text(await later.get(`${concern}/system-audit`)), /No authorisation for a system audit/)
})
