import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Seen, type Visitor } from '../../../../tests/support/visitor.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let analyst: Visitor
let path = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  path = `/concerns/${ref}`
  analyst = await visit(app).signIn(staff.people.analyst)
})

after(async () => {
  await app.close()
  await staff.close()
})

const textOf = ({ $ }: Seen, selector: string): string => $(selector).text().replaceAll(/\s+/g, ' ').trim()

test('beside the account stands what became of pairs like this, never a percentage', async () => {
  const page = await analyst.get(path)
  assert.match(textOf(page, '#frequency'), /Of 100 pairs like this \(review, no further\)/)
  assert.doesNotMatch(textOf(page, '#frequency'), /%/)
})

test('a reader who supposes that fewer offend sees the band move, and nothing recorded changes', async () => {
  const before = await staff.deps.store.db.selectFrom('concerns').selectAll().executeTakeFirstOrThrow()
  const page = await analyst.get(`${path}?prior=5000&days=30`)
  assert.match(
    textOf(page, '#prior-says'),
    /If 1 in 5,000 offended, every band needs 7 points more\. At 21.5 points the pair would be watch, not review\./,
  )
  assert.equal(page.$('input[name=prior]:checked').attr('value'), '5000')
  assert.equal(page.$('.app-prior input[name=days]').attr('value'), '30', 'the days shown stay as chosen')
  assert.equal(page.$('.app-title .app-band').text(), 'Review')
  assert.deepEqual(
    await staff.deps.store.db.selectFrom('concerns').selectAll().executeTakeFirstOrThrow(),
    before,
  )
})

test('a prior that is not in the list is what the bands suppose', async () => {
  for (const typed of ['', '7', '1e3x', '0'])
    assert.match(
      textOf(await analyst.get(`${path}?prior=${typed}`), '#prior-says'),
      /suppose that 1 in 1,000 members of staff offends\. At 21.5 points this pair is review\./,
    )
})

test('every look at it is in the log as a reading of the concern', async () => {
  const reads = () =>
    staff.deps.store.db
      .selectFrom('audit_entries')
      .select('seq')
      .where('what', '=', 'concern-read')
      .execute()
      .then(rows => rows.length)
  const before = await reads()
  await analyst.get(`${path}?prior=200`)
  assert.equal(await reads(), before + 1)
})
