import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { authoriseConcern } from '../../../../tests/support/authorise-concern.ts'
import { onePair, strangerNumber } from '../../../../tests/support/one-pair.ts'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { silentProgress } from '../../../core/progress.ts'
import { findAll } from '../../../detection/findings.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let investigator: Visitor
let path = ''
let concernRef = ''

let authorisation = ''

before(async () => {
  staff = await openStaffApp()
  const { lake, store } = staff.deps
  await findAll({ lake, progress: silentProgress }, { indicators: [] })
  const about = {
    staff_id: onePair.staffId,
    party_id: strangerNumber,
    post: 'response',
    contacts: 3,
    took_part: 3,
  }
  await lake.insert('upstander.pair_days', [{ ...about, person_id: '', day: '2026-06-04', off_duty: 3 }])
  await lake.insert('upstander.address_stays', [
    {
      staff_id: onePair.staffId,
      person_id: 'PERSON-78',
      record_id: 'stay:V1:2',
      address_kind: 'home',
      unit_id: 'V1',
      start_at: '2026-06-05 03:00:00',
      end_at: '2026-06-05 03:20:00',
      minutes: 20,
      distance_m: 20,
      level: 'stay',
      certainty: 'known',
      crew_size: 1,
      ambiguity: 1,
      duty_state: 'off',
    },
  ])
  await lake.insert('upstander.purposes', [
    {
      staff_id: onePair.staffId,
      person_id: 'PERSON-78',
      fact: 'stay',
      record_id: 'stay:V1:2',
      at: '2026-06-05 03:00:00',
      explained: false,
      because: '',
      because_record: '',
      known_on: '2026-06-05',
    },
  ])
  await lake.insert('upstander.known_people', [
    { staff_id: onePair.staffId, person_id: 'PERSON-78', since: '2026-06-01 09:00:00' },
  ])
  app = await buildApp(staff.deps)
  const { ref } = await store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}/sweeps`
  concernRef = ref
  investigator = await visit(app).signIn(staff.people.investigator)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('without an authorisation in force there is no sweep, and the page leads to where one is asked for', async () => {
  const { $ } = await investigator.get(path)
  assert.match($('main').text(), /No authorisation for a sweep is in force/)
  const ask = $('a:contains("Ask for an authorisation")').attr('href') ?? ''
  const form = await investigator.get(ask)
  assert.match(form.$('main').text(), /This needs an authorisation in force: a sweep for other victims/)
  assert.equal(form.$('input[name=kind]:checked').attr('value'), 'sweep')
  const forged = await investigator.post(path, { authorisation: 'AAAA-2222' })
  assert.equal(forged.status, 400)
  assert.equal(forged.$('.govuk-error-summary a').attr('href'), '#authorisation')
  assert.match(forged.$('.govuk-error-summary').text(), /No authorisation for this is in force/)
})

test('one action finds whom the method points at, masked, with what was searched and on what footing', async () => {
  authorisation = await authoriseConcern(staff, concernRef, 'sweep')
  await investigator.get(path)
  const { status, location } = await investigator.post(path, { authorisation })
  assert.equal(status, 303)
  const { $, body } = await investigator.get(location)
  const text = $('main').text().replaceAll(/\s+/g, ' ')
  assert.match(text, /1 other with traces of the same method/)
  assert.match(text, /Person \w{5}.*One visit near the home with no recorded reason/)
  assert.match(text, /1 person and 1 number nobody has/)
  for (const words of [authorisation, 'Conduct or vetting', 'Two colleagues named others.'])
    assert.ok(text.includes(words), words)
  for (const secret of [onePair.staffId, onePair.personId, 'PERSON-78', strangerNumber])
    assert.ok(!body.includes(secret), `${secret} is on the page`)
})

test('what a sweep found is kept: the next one stands beside it', async () => {
  await investigator.get(path)
  staff.setClock('2026-06-09T09:00:00Z')
  // The visit of the day before has ended by itself.
  investigator = await visit(app).signIn(staff.people.investigator)
  await investigator.get(path)
  await investigator.post(path, { authorisation })
  const { $ } = await investigator.get(path)
  assert.match($('main').text(), new RegExp(`, under ${authorisation}`))
  const concern = await investigator.get(path.replace('/sweeps', ''))
  assert.match(concern.$('.app-history').text(), /Swept for other victims/)
})

test('an analyst, who may read the concern, may not sweep from it', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  assert.equal((await analyst.get(path)).status, 404)
})
