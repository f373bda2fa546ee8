import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
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

const footing = {
  reference: 'AUTH/2026/14',
  basis: 'crime',
  necessity: 'A second person was named.',
  proportionality: 'One member of staff, masked.',
}

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
  investigator = await visit(app).signIn(staff.people.investigator)
})

after(async () => {
  await app.close()
  await staff.close()
})

test('a sweep without its footing is not run: each field is named, and nothing typed is lost', async () => {
  await investigator.get(path)
  const { status, $ } = await investigator.post(path, { ...footing, reference: '', proportionality: '' })
  assert.equal(status, 400)
  assert.deepEqual(
    $('.govuk-error-summary a')
      .toArray()
      .map(each => $(each).attr('href')),
    ['#reference', '#proportionality'],
  )
  assert.equal($('#necessity').text(), footing.necessity)
  assert.equal($('input[name=basis]:checked').attr('value'), 'crime')
})

test('one action finds whom the method points at, masked, with what was searched and on what footing', async () => {
  await investigator.get(path)
  const { status, location } = await investigator.post(path, footing)
  assert.equal(status, 303)
  const { $, body } = await investigator.get(location)
  const text = $('main').text().replaceAll(/\s+/g, ' ')
  assert.match(text, /1 other with traces of the same method/)
  assert.match(text, /Person \w{5}.*One visit near the home with no recorded reason/)
  assert.match(text, /1 person and 1 number nobody has/)
  for (const words of Object.values({ ...footing, basis: 'A crime is suspected' }))
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
  await investigator.post(path, { ...footing, reference: 'AUTH/2026/15' })
  const { $ } = await investigator.get(path)
  assert.match($('main').text(), /under AUTH\/2026\/14/)
  const concern = await investigator.get(path.replace('/sweeps', ''))
  assert.match(concern.$('.app-history').text(), /Swept for other victims/)
})

test('an analyst, who may read the concern, may not sweep from it', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  assert.equal((await analyst.get(path)).status, 404)
})
