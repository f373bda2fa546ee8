import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { insertExclusion } from '../../../access/exclusion-store.ts'
import { findEntryByReference } from '../../../audit/search-log-store.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let auditor: Visitor
let ref = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const analyst = await visit(app).signIn(staff.people.analyst)
  ref = (await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()).ref
  await analyst.get(`/concerns/${ref}`)
  await analyst.get('/accounts')
  auditor = await visit(app).signIn(staff.people.auditor)
})

after(async () => {
  await app.close()
  await staff.close()
})

const rows = ({ $ }: Awaited<ReturnType<Visitor['get']>>) =>
  $('tbody tr')
    .toArray()
    .map(row =>
      $(row)
        .children()
        .toArray()
        .map(cell => $(cell).text().trim())
        .join(' | '),
    )

test('the auditor finds who read what, who was refused, and in which order', async () => {
  const seen = await auditor.get('/log')
  assert.equal(seen.status, 200)
  const [own, , refused, read] = rows(seen)
  assert.match(own ?? '', /^A auditorRead the log \| 8 June 2026, 10:00:00/)
  assert.match(refused ?? '', /^A analystRead the list of accounts Refused/)
  assert.match(read ?? '', new RegExp(`^A analystOpened a concern \\| 8 June 2026, 10:00:00 \\| ${ref}`))
})

test('what the auditor looks for is in the log before the answer', async () => {
  const seen = await auditor.get(
    `/log?who=analyst&what=concern-read&about=${ref.toLowerCase()}&outcome=allowed&since=2026-06-08&until=2026-06-08`,
  )
  assert.equal(rows(seen).length, 1)
  assert.equal(seen.$('#who').attr('value'), 'analyst')
  const again = rows(await auditor.get('/log?what=log-read&who=auditor'))
  assert.match(again[1] ?? '', /Looked for what=concern-read&who=analyst/)
})

test('an entry has a reference by which it can be proved', async () => {
  const { body } = await auditor.get('/log')
  const reference = /Entry ([0-9a-f]{12})/.exec(body)?.[1] ?? ''
  const last = await staff.deps.store.db
    .selectFrom('audit_entries')
    .select('seq')
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  assert.equal(await findEntryByReference(staff.deps.store.db, reference), last?.seq)
  assert.equal(await findEntryByReference(staff.deps.store.db, '000000000000'), undefined)
})

test('an address that was mistyped shows the log, and one that finds nothing says so', async () => {
  assert.equal((await auditor.get('/log?page=x&since=2026-02-30&what=nothing')).status, 200)
  assert.match((await auditor.get('/log?who=nobody-at-all')).$('h2').text(), /Nothing matches/)
})

test('COI-04: a reader of the log who is kept from a concern finds no entry about it, in the list, the count or a search', async () => {
  const { db } = staff.deps.store
  const { id } = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', staff.people.data_protection.email)
    .executeTakeFirstOrThrow()
  const officer = await visit(app).signIn(staff.people.data_protection)
  assert.equal(rows(await officer.get(`/log?what=concern-read&about=${ref}`)).length, 1)
  await insertExclusion(db, {
    userId: id,
    from: { staffId: onePair.staffId },
    kind: 'by_hand',
    source: 'test',
    reason: 'test',
    byUser: id,
    at: staff.deps.clock.now(),
  })
  const shown = await officer.get('/log')
  assert.doesNotMatch(shown.$('tbody').text(), new RegExp(ref))
  assert.match((await officer.get(`/log?what=concern-read&about=${ref}`)).$('h2').text(), /Nothing matches/)
})
