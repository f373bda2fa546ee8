import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide, type Asked } from './decide.ts'
import { permissionNames } from './permissions.ts'
import { roleNames } from './roles.ts'
import { can } from './user.ts'

const item = fc.record({
  exists: fc.boolean(),
  needToKnow: fc.oneof(fc.constant('unit' as const), fc.subarray(['u1', 'u2', 'u3'])),
  conflict: fc.boolean(),
})
const asked: fc.Arbitrary<Asked> = fc.record({
  user: fc.record({
    id: fc.constantFrom('u1', 'u2'),
    name: fc.constant(''),
    email: fc.constant(''),
    roles: fc.subarray([...roleNames]),
  }),
  permission: fc.constantFrom(...permissionNames),
  item: fc.option(item, { nil: undefined }),
  purpose: fc.constantFrom('', ' \n', 'Review a concern'),
})
const allowed = { allowed: true }

test('a person may do something only when role, need to know, no conflict and a purpose all say so', () => {
  fc.assert(
    fc.property(asked, given => {
      const about = given.item
      const all =
        can(given.user, given.permission) &&
        given.purpose.trim() !== '' &&
        (about === undefined ||
          (about.exists &&
            !about.conflict &&
            (about.needToKnow === 'unit' || about.needToKnow.includes(given.user.id))))
      assert.equal(decide(given).allowed, all)
    }),
  )
})

test('a conflict is never outweighed: whatever else is given, nobody with one is let in', () => {
  fc.assert(
    fc.property(asked, item, (given, about) => {
      assert.equal(decide({ ...given, item: { ...about, conflict: true } }).allowed, false)
    }),
  )
})

test('no role, no grant and no purpose that is taken away opens anything that was shut', () => {
  fc.assert(
    fc.property(asked, given => {
      if (decide(given).allowed) return
      const poorer: Asked[] = [
        { ...given, user: { ...given.user, roles: given.user.roles.slice(1) } },
        { ...given, purpose: '' },
        ...(given.item === undefined ? [] : [{ ...given, item: { ...given.item, needToKnow: [] } }]),
      ]
      for (const each of poorer) assert.equal(decide(each).allowed, false)
    }),
  )
})

test('COI-01: what a person is told is the same where a thing is not there and where it is kept from them', () => {
  fc.assert(
    fc.property(asked, item, (given, about) => {
      const told = (change: Partial<typeof about>) => {
        const decision = decide({ ...given, item: { ...about, ...change } })
        return decision.allowed ? 'open' : decision.told
      }
      assert.equal(told({ exists: false }), told({ conflict: true, exists: true }))
    }),
  )
})

test('a reason is asked for only where nothing else stands in the way', () => {
  const given: Asked = {
    user: { id: 'u1', name: '', email: '', roles: ['analyst'] },
    permission: 'read-concern',
    item: { exists: true, needToKnow: 'unit', conflict: false },
    purpose: '',
  }
  assert.deepEqual(decide(given), { allowed: false, because: ['purpose'], told: 'reason' })
  const related = decide({ ...given, item: { exists: true, needToKnow: 'unit', conflict: true } })
  assert.deepEqual(related, { allowed: false, because: ['conflict', 'purpose'], told: 'missing' })
  assert.deepEqual(decide({ ...given, purpose: 'Review a concern' }), allowed)
})
