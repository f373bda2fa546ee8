import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { silentProgress } from '../../../core/progress.ts'
import { loadRecords } from '../../../detection/load-world.ts'
import { tunedWorld } from '../../../detection/tuned-world.ts'
import { detectAndRaise } from '../../../jobs/detect-and-raise.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let head: Visitor
let ref = ''
let owner = ''

before(async () => {
  staff = await openStaffApp([])
  app = await buildApp(staff.deps)
  head = await visit(app).signIn(staff.people.head_of_unit)
  await loadRecords(staff.deps.lake, tunedWorld)
  await detectAndRaise({ ...staff.deps, progress: silentProgress })
  const concern = staff.deps.store.db.selectFrom('concerns').select('ref').where('staff_id', '=', 'S1')
  ref = (await concern.executeTakeFirstOrThrow()).ref
  const analyst = staff.deps.store.db.selectFrom('users').select('id').where('name', '=', 'A analyst')
  owner = (await analyst.executeTakeFirstOrThrow()).id
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

const form = (): Record<string, string> => ({
  kind: 'pair',
  concern: ref,
  reason: 'They married in 2019; HR has the form.',
  owner,
  'from-day': '1',
  'from-month': '1',
  'from-year': '2025',
  'until-day': '1',
  'until-month': '9',
  'until-year': '2026',
})

test('a mistyped exception comes back with every fault, each leading to its field, nothing lost', async () => {
  await head.get('/exceptions/new')
  const seen = await head.post('/exceptions', { ...form(), concern: 'AAAA', reason: '', 'until-day': '31' })
  assert.equal(seen.status, 400)
  const faults = seen.$('.govuk-error-summary a').toArray()
  assert.deepEqual(
    faults.map(each => seen.$(each).attr('href')),
    ['#reason', '#until-day'],
  )
  for (const each of faults) assert.equal(seen.$(seen.$(each).attr('href') ?? '').length, 1)
  assert.equal(seen.$('#concern').val(), 'AAAA')
  assert.equal(seen.$('#until-day').val(), '31')
})

test('from a concern the form knows which pair is meant, and names nobody', async () => {
  const seen = await head.get(`/exceptions/new?concern=${ref}`)
  assert.equal(seen.$('#concern').val(), ref)
  assert.equal(seen.$('input[name=kind]:checked').val(), 'pair')
})

test('what an exception hides is counted on the list, with masked identities, and a rise is said', async () => {
  await head.get('/exceptions/new')
  assert.equal((await head.post('/exceptions', form())).status, 303)
  assert.match(text(await head.get('/exceptions')), /Nothing so far/)
  await detectAndRaise({ ...staff.deps, progress: silentProgress })
  const said = text(await head.get('/exceptions'))
  assert.match(said, /Staff \w{5} and person \w{5}/)
  assert.doesNotMatch(said, /\bS1\b|\bP1\b/)
  assert.match(said, /\d+ findings about 1 pair, \d+ in the last 28 days/)
  assert.match(said, /1 exception hides a rising pattern/)
  assert.match(
    said,
    /would stand at (review|develop|priority) \(\d+\.\d points\), \d+\.\d more than 28 days earlier/,
  )
})

test('one press withdraws it, and it is told among those that are over', async () => {
  const seen = await head.get('/exceptions')
  const action = seen.$('form[action$="/end"]').attr('action') ?? ''
  assert.equal((await head.post(action, { how: 'for ever' })).status, 404)
  assert.equal((await head.post(action, { how: 'withdraw' })).status, 303)
  const after = await head.get('/exceptions')
  assert.match(text(after), /In force No exception is in force/)
  assert.match(text(after), /Withdrawn by A head_of_unit/)
})
