import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import type { Role } from '../../../access/roles.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let head: Visitor
let investigator: Visitor
let analyst: Visitor
let ref = ''
let path = ''
const ids = new Map<Role, string>()

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const { db } = staff.deps.store
  for (const role of ['analyst', 'investigator', 'head_of_unit'] as const) {
    const { email } = staff.people[role]
    ids.set(
      role,
      (await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id,
    )
  }
  ref = (await db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()).ref
  path = `/concerns/${ref}/kept-from`
  head = await visit(app).signIn(staff.people.head_of_unit)
  investigator = await visit(app).signIn(staff.people.investigator)
  analyst = await visit(app).signIn(staff.people.analyst)
})

after(async () => {
  await app.close()
  await staff.close()
})

const row = async (who: Visitor, name: string) => {
  const { $ } = await who.get(path)
  return $('tbody tr')
    .filter((_, each) => $(each).find('th').text().includes(name))
    .first()
}

test('the head of unit keeps somebody from a concern, who at once finds nothing of it, and is not told', async () => {
  assert.match((await head.get(path)).$('main').text(), /It is kept from nobody in the unit/)
  const missing = await head.post(path, { person: '', reason: '' })
  assert.equal(missing.status, 400)
  assert.match(missing.$('.govuk-error-summary').text(), /Choose whom to keep away.*Enter the reason/s)
  assert.equal((await analyst.get(`/concerns/${ref}`)).status, 200)
  const done = await head.post(path, {
    person: ids.get('analyst') ?? '',
    reason: 'Sings in a choir with them.',
  })
  assert.equal(done.location, path)
  assert.equal((await analyst.get(`/concerns/${ref}`)).status, 404)
  assert.match((await analyst.get('/concerns?status=all')).$('main').text(), /0 concerns/)
  assert.match((await row(head, 'A analyst')).text(), /Excluded by hand: “Sings in a choir with them.”/)
})

test('it ends once two others agree, neither of them the one who is kept away, and one alone changes nothing', async () => {
  const ask = (await row(head, 'A analyst')).find('form').attr('action') ?? ''
  assert.equal((await head.post(ask, { reason: ' ' })).status, 400)
  assert.equal((await head.post(ask, { reason: 'Another choir.' })).location, path)
  assert.match((await row(head, 'A analyst')).text(), /A second person has to agree/)
  const agree = ask.replace(/ask$/, 'agree')
  assert.equal((await head.post(agree, {})).status, 409)
  assert.equal((await analyst.get(`/concerns/${ref}`)).status, 404)
  assert.match(
    (await row(investigator, 'A analyst')).text(),
    /Somebody asked that this ends: “Another choir.”/,
  )
  assert.equal((await investigator.post(agree, {})).location, path)
  assert.equal((await analyst.get(`/concerns/${ref}`)).status, 200)
})

test('nobody keeps themselves, ends what is about themselves, or does any of it to a concern that is kept from them', async () => {
  const own = await head.post(path, { person: ids.get('head_of_unit') ?? '', reason: 'x' })
  assert.equal(own.status, 409)
  await staff.deps.store.db
    .updateTable('users')
    .set({ staff_id: onePair.staffId })
    .where('id', '=', ids.get('investigator') ?? '')
    .execute()
  assert.match((await row(head, 'A investigator')).text(), /It is about them.*Cannot end/s)
  assert.equal((await investigator.get(path)).status, 404)
  assert.equal((await investigator.post(path, { person: ids.get('analyst') ?? '', reason: 'x' })).status, 404)
  const events = await staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['what', 'outcome'])
    .where('what', 'like', 'exclu%')
    .orderBy('seq')
    .execute()
  const changes = events.filter(each => each.what !== 'exclusions-read')
  assert.deepEqual(
    changes.map(each => `${each.what} ${each.outcome}`),
    [
      'excluded-by-hand done',
      'exclusion-end-asked done',
      'exclusion-ended refused',
      'exclusion-ended done',
      'excluded-by-hand refused',
    ],
  )
})
