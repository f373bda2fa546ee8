import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../../../tests/support/visitor.ts'
import { insertExclusion } from '../../../access/exclusion-store.ts'
import { onePair } from '../../../../tests/support/one-pair.ts'
import { buildApp } from '../../app.ts'

let staff: StaffApp
let app: FastifyInstance
let ref = ''

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  ref = (await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()).ref
})

after(async () => {
  await app.close()
  await staff.close()
})

const stepsOf = async (who: Visitor): Promise<string> =>
  (await who.get('/')).$('section[aria-labelledby="next"]').text().replaceAll(/\s+/g, ' ')

test('who may let another know whom a concern is about is told that somebody asked, until it is answered', async () => {
  const [analyst, head, investigator, auditor] = [
    await visit(app).signIn(staff.people.analyst),
    await visit(app).signIn(staff.people.head_of_unit),
    await visit(app).signIn(staff.people.investigator),
    await visit(app).signIn(staff.people.auditor),
  ]
  const waits = new RegExp(`Answer who concern ${ref} is about: another person asked to know`)
  assert.doesNotMatch(await stepsOf(head), waits)
  await investigator.get(`/concerns/${ref}`)
  await investigator.post(`/concerns/${ref}/unmask`, { reason: 'To speak with the line.' })
  assert.match(await stepsOf(head), waits)
  const link = (await head.get('/')).$(`a[href="/concerns/${ref}#further-title"]`)
  assert.equal(link.length, 1, 'one link, to where it is answered')
  for (const [who, visitor] of Object.entries({ analyst, investigator, auditor }))
    assert.doesNotMatch(await stepsOf(visitor), waits, who)
  const { $ } = await head.get(`/concerns/${ref}`)
  await head.post($('form[action*="/unmask/"]').attr('action') ?? '', {})
  assert.doesNotMatch(await stepsOf(head), waits)
})

test('a request about a concern that is kept from the head of unit is not announced to them', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  await analyst.get(`/concerns/${ref}`)
  await analyst.post(`/concerns/${ref}/unmask`, { reason: 'To find the booking.' })
  const head = await visit(app).signIn(staff.people.head_of_unit)
  assert.match(await stepsOf(head), /Answer who concern/)
  const { id } = await staff.deps.store.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', staff.people.head_of_unit.email)
    .executeTakeFirstOrThrow()
  await insertExclusion(staff.deps.store.db, {
    userId: id,
    from: { staffId: onePair.staffId },
    kind: 'by_hand',
    source: 'test',
    reason: 'A neighbour',
    byUser: id,
    at: staff.deps.clock.now(),
  })
  assert.doesNotMatch(await stepsOf(head), /Answer who concern/)
})
