import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { insertStaffLinks } from '../access/staff-link-store.ts'
import { makeUser } from '../access/make-user.ts'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { approveBreakGlass, askBreakGlass, readBrokenGlass } from '../concerns/break-glass.ts'
import { onlyConcern, raise } from '../concerns/test-concerns.ts'
import { standingOf } from '../concerns/test-standing.ts'
import { systemClock } from '../core/clock.ts'
import { demonstrationPeople } from './demonstration-people.ts'

onEachStore(store => {
  const setUp: User = { id: 'set-up', name: '', email: '', roles: ['system_administrator'] }
  const deps = () => ({ store: store(), clock: systemClock, maskKey: Buffer.alloc(32, 7) })

  before(async () => {
    const line = (staffId: string, otherStaffId: string, kind: 'supervises' | 'colleague') =>
      ({ staffId, otherStaffId, personId: '', kind, source: 'test' }) as const
    const lines = [1, 2, 3, 4, 5, 6].flatMap(each => [
      line('CHIEF', `SERGEANT-${each}`, 'supervises'),
      line(`SERGEANT-${each}`, `CLOSE-${each}`, 'supervises'),
      line(`SERGEANT-${each}`, `FREE-${each}`, 'supervises'),
      line(`CLOSE-${each}`, 'SUBJECT', 'colleague'),
    ])
    await insertStaffLinks(store().db, lines, new Date())
    await raise(deps(), [standingOf({ staffId: 'SUBJECT', band: 'review', evidence: ['billing:1'] })])
  })

  test('the people of the demonstration are of different lines, and close to nobody whom a concern is about where that can be', async () => {
    const people = await demonstrationPeople(store().db)
    assert.deepEqual(
      people.map(each => each.staffId),
      ['FREE-1', 'FREE-2', 'FREE-3', 'FREE-4', 'FREE-5', null],
    )
  })

  test('with them an emergency can be walked through from asking to reading', async () => {
    const people = await demonstrationPeople(store().db)
    const users = await Promise.all(
      people.map(async each => ({ ...each, id: (await makeUser(deps(), setUp, each)).id })),
    )
    const one = (email: string): User => users.find(each => each.email.startsWith(email)) ?? setUp
    const { ref: concern } = await onlyConcern(deps(), one('head'))
    const why = { reason: 'She rang 999.', from: '' }
    const asked = await askBreakGlass(deps(), one('handler'), { ...why, concern, cause: 'life_at_risk' })
    assert.ok(asked.outcome === 'done', JSON.stringify(asked))
    for (const email of ['investigator', 'head'])
      assert.equal((await approveBreakGlass(deps(), one(email), asked.ref, why)).outcome, 'done', email)
    assert.equal((await readBrokenGlass(deps(), one('handler'), asked.ref, ''))?.ref, concern)
  })
})
