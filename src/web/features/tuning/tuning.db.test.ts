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

const page = '/indicators/off-duty-contact/tuning'
let staff: StaffApp
let app: FastifyInstance
let head: Visitor
let investigator: Visitor

before(async () => {
  staff = await openStaffApp([])
  app = await buildApp(staff.deps)
  head = await visit(app).signIn(staff.people.head_of_unit)
  investigator = await visit(app).signIn(staff.people.investigator)
})

after(async () => {
  await app.close()
  await staff.close()
})

const text = (seen: Seen): string => seen.$('main').text().replaceAll(/\s+/g, ' ')

/** What the form holds, with some fields changed. */
const typed = (seen: Seen, changed: Record<string, string>): Record<string, string> => ({
  ...Object.fromEntries(
    seen
      .$('form:has([name=weight]) input[type=text], form:has([name=weight]) textarea')
      .toArray()
      .map(each => [seen.$(each).attr('name') ?? '', String(seen.$(each).val())]),
  ),
  status: 'live',
  ...changed,
})

const version = (seen: Seen): string => String(seen.$('input[name=version]').first().val())

test('before the first detection a draft is kept, and cannot be published unseen', async () => {
  const form = await head.get(page)
  assert.equal((await head.post(page, typed(form, { status: 'shadow' }))).status, 303)
  const seen = await head.get(page)
  assert.match(text(seen), /There is no preview: detection has not run yet/)
  const asked = await head.post(`${page}/ask`, { version: version(seen), reason: 'Because.' })
  assert.equal(asked.status, 400)
  assert.match(text(asked), /nobody can see what the draft would do/)
  await loadRecords(staff.deps.lake, tunedWorld)
  await detectAndRaise({ ...staff.deps, progress: silentProgress })
})

test('a mistyped draft comes back with every fault, nothing lost', async () => {
  const form = await head.get(page)
  const seen = await head.post(page, typed(form, { weight: 'twice', status: '' }))
  assert.equal(seen.status, 400)
  assert.deepEqual(
    seen
      .$('.govuk-error-summary a')
      .toArray()
      .map(each => [seen.$(each).attr('href'), seen.$(each).text()]),
    [
      ['#weight', 'Weight must be a number from 0.25 to 2'],
      ['#status', 'Select whether it counts or runs in shadow'],
    ],
  )
  assert.equal(seen.$('#weight').val(), 'twice')
})

test('the preview tells what the draft would have meant, with masked identities', async () => {
  const form = await head.get(page)
  await head.post(page, typed(form, { status: 'shadow' }))
  const seen = await head.get(page)
  const said = text(seen)
  assert.match(said, /What the draft would have meant/)
  assert.match(said, /2 pairs moved to another band/)
  assert.match(said, /Staff \w{5} and person \w{5}/)
  assert.doesNotMatch(said, /\bS1\b|\bP1\b/)
})

test('two people publish it, and the page says what runs', async () => {
  const seen = await head.get(page)
  const empty = await head.post(`${page}/ask`, { version: version(seen), reason: '' })
  assert.equal(empty.status, 400)
  assert.equal(empty.$('.govuk-error-summary a').attr('href'), '#reason')
  await head.post(`${page}/ask`, { version: version(seen), reason: 'Too many on-call officers.' })
  const waiting = await head.get(page)
  assert.match(text(waiting), /Another person has to agree/)
  assert.equal(waiting.$('button:contains("Agree and publish")').length, 0)
  const own = await head.post(`${page}/publish`, { version: version(waiting) })
  assert.match(text(own), /nobody publishes their own draft/)
  const other = await investigator.get(page)
  assert.match(text(other), /“Too many on-call officers\.”/)
  assert.equal(other.$('[name=weight]').length, 0, 'the second person agrees or not; they do not edit')
  assert.equal((await investigator.post(`${page}/publish`, { version: version(other) })).status, 303)
  const after = await head.get(page)
  assert.match(text(after), /Version \d+\.1 runs now\. It runs in shadow/)
  assert.match(text(after), /A head_of_unit, agreed by A investigator/)
  const list = await head.get('/indicators')
  assert.match(list.$('tr:has(a[href="/indicators/off-duty-contact"])').text(), /Shadow/)
  const one = await head.get('/indicators/off-duty-contact')
  assert.match(text(one), /Shadow: runs, and does not count/)
  assert.match(text(one), /version \d+\.1/)
})

test('what it finds in shadow stands on its own page, masked, and nowhere else', async () => {
  await detectAndRaise({ ...staff.deps, progress: silentProgress })
  const seen = await head.get('/indicators/off-duty-contact/shadow')
  assert.match(text(seen), /Staff \w{5} and person \w{5}/)
  assert.doesNotMatch(text(seen), /\bS1\b|\bP1\b|\+44/)
  const queue = await head.get('/concerns?status=all')
  const concern = await head.get(queue.$('.app-queue tbody a').first().attr('href') ?? '')
  assert.equal(concern.status, 200)
  assert.doesNotMatch(concern.$('.app-parts').text(), /off duty/i)
})

test('one press rolls it back', async () => {
  const seen = await head.get(page)
  const to = seen.$('input[name=to]').last().val()
  assert.equal(to, '0')
  assert.equal((await head.post(`${page}/roll-back`, { to: '0' })).status, 303)
  const after = await head.get(page)
  assert.match(text(after), /Version \d+\.2 runs now/)
  assert.match(text(after), /Rolled back to the content/)
  assert.equal((await head.post(`${page}/roll-back`, { to: 'two' })).status, 404)
})
