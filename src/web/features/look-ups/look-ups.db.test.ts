import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let analyst: Visitor

const pair = { staff_id: onePair.staffId, person_id: onePair.personId }

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  analyst = await visit(app).signIn(staff.people.analyst)
  const at = (day: number) => `2026-06-0${day} 09:00:00`
  const keys = [1, 2, 3]
  const { lake } = staff.deps
  await lake.insert(
    'upstander.look_up_residue',
    keys.map(key => ({
      ...pair,
      record_id: `system_access:A${key}`,
      via: 'person',
      at: at(key),
      action: 'view',
      duty_state: key === 2 ? 'off' : 'on_duty',
      post: 'response',
      quoted: false,
      met: false,
    })),
  )
  await lake.insert(
    'upstander.postings',
    keys.concat([4, 5]).map(key => ({ staff_id: `PC${key}`, post: 'response', from_on: '2020-01-01' })),
  )
  await lake.insert('upstander.look_up_days', [
    { day: '2026-06-03', because: '', look_ups: 3 },
    { day: '2026-06-03', because: 'allocation', look_ups: 1 },
  ])
  await lake.insert('upstander.system_access', [
    {
      access_id: 'A3',
      staff_id: onePair.staffId,
      at: at(3),
      system: 'Records',
      action: 'view',
      subject_kind: 'person',
      subject_id: onePair.personId,
      reason: `update for ${onePair.personId}, 07700 900001`,
    },
  ])
})

after(async () => {
  await app.close()
  await staff.close()
})

test('the residue is listed newest first, says what explains the rest, and names nobody', async () => {
  const { $, body, status } = await analyst.get('/look-ups')
  assert.equal(status, 200)
  assert.match($('main').text(), /25\.0 % of look-ups have a purpose on record/)
  assert.match($('details tbody').text(), /part in a case/)
  const rows = $('main > table tbody tr')
  assert.deepEqual(
    rows.toArray().map(row => $(row).find('[data-label=When]').text().slice(0, 6)),
    ['3 June', '2 June', '1 June'],
  )
  assert.match($(rows[0]).text(), /Staff \w{5} response.*person \w{5}.*update for person \w{5}, \[removed\]/s)
  for (const secret of [onePair.staffId, onePair.personId, '900001'])
    assert.ok(!body.includes(secret), secret)
})

test('the list can be kept to those off duty, and the filter says when nothing matches', async () => {
  const off = await analyst.get('/look-ups?kind=off_duty')
  assert.equal(off.$('main > table tbody tr').length, 1)
  const none = await analyst.get('/look-ups?kind=met')
  assert.match(none.$('main').text(), /Nothing matches this filter/)
})

test('a filter nobody offers is the whole list of 28 days', async () => {
  const { $ } = await analyst.get('/look-ups?days=5&kind=women&post=%27&page=-1')
  assert.equal($('main > table tbody tr').length, 3)
})

test('PSE-01: a post that few have is neither named nor offered', async () => {
  const { lake } = staff.deps
  const lookUp = {
    ...pair,
    record_id: 'system_access:A9',
    via: 'person',
    at: '2026-06-01 08:00:00',
    action: 'view',
  }
  await lake.insert('upstander.look_up_residue', [
    { ...lookUp, duty_state: 'on_duty', post: 'hostage_negotiator', quoted: false, met: false },
  ])
  const { body } = await analyst.get('/look-ups')
  assert.match(body, /a post that few have/)
  assert.doesNotMatch(body, /negotiator/)
  const { $ } = await analyst.get('/look-ups?post=hostage_negotiator')
  assert.equal($('main > table tbody tr').length, 4, 'a filter that nobody offers is none')
})

test('COI-02: look-ups by or about whoever is close to the reader are not listed, and no figure counts them', async () => {
  const { db } = staff.deps.store
  const link = { source: 'test', first_seen_at: new Date(), kind: 'colleague' }
  await db
    .insertInto('staff_links')
    .values({ ...link, staff_id: 'PC1', other_staff_id: onePair.staffId, person_id: '' })
    .execute()
  await db
    .updateTable('users')
    .set({ staff_id: 'PC1' })
    .where('email', '=', staff.people.analyst.email)
    .execute()
  const { $ } = await analyst.get('/look-ups')
  assert.equal($('main > table tbody tr').length, 0)
  assert.doesNotMatch($('main').text(), /\b[34] look-ups/)
})

test('every visit is in the log, and who has no need to know is refused', async () => {
  const { db } = staff.deps.store
  const read = await db.selectFrom('audit_entries').selectAll().where('what', '=', 'look-ups-read').execute()
  assert.ok(read.length >= 1)
  const administrator = await visit(app).signIn(staff.people.system_administrator)
  assert.equal((await administrator.get('/look-ups')).status, 404)
})
