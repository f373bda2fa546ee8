import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roleNames, type Role } from '../access/roles.ts'
import type { User } from '../access/user.ts'
import { mayOpen } from './may-open.ts'
import { navigationFor } from './navigation.ts'
import { allPages } from './page-list.ts'

const person = (role: Role): User => ({ id: 'u', name: 'Somebody', email: 'a@example.uk', roles: [role] })

const texts = (links: readonly { readonly text: string }[]): string[] => links.map(({ text }) => text)

test('the bar fits in one row for every role: seven areas at most', () => {
  for (const role of roleNames) {
    const { navigation } = navigationFor(person(role), '/')
    assert.ok(navigation.length <= 7, `${role}: ${texts(navigation).join(', ')}`)
  }
})

test('an analyst finds the queue and the look-ups among the concerns', () => {
  const { navigation, area } = navigationFor(person('analyst'), '/concerns')
  assert.deepEqual(texts(navigation), ['Overview', 'Concerns', 'Authorisations', 'Detection', 'Records'])
  assert.deepEqual(area?.name, 'Concerns')
  assert.deepEqual(texts(area.pages), ['Review queue', 'Look-ups'])
})

test('an area of which somebody may open one page carries the name of that page, and has no row of its own', () => {
  const { navigation, area } = navigationFor(person('case_handler'), '/break-glass')
  assert.deepEqual(texts(navigation), ['Overview', 'Break-glass', 'Detection'])
  assert.equal(area, undefined)
})

test('a page below another belongs to the nearest of the bar', () => {
  const of = (here: string) =>
    navigationFor(person('head_of_unit'), here).area?.pages.find(each => each.active)?.text
  assert.equal(of('/concerns/K7Q2-9MXD/sweeps'), 'Review queue')
  assert.equal(of('/indicators/pair-volume/tuning'), 'Indicators')
  assert.equal(of('/records/rejects'), 'Rejected records')
  assert.equal(of('/account'), undefined)
})

test('nothing in the bar leads where its reader may not go, and nobody who is not signed in sees one', () => {
  for (const role of roleNames)
    for (const here of [
      '/',
      '/concerns',
      '/break-glass',
      '/indicators',
      '/feeds',
      '/watching',
      '/accounts',
    ]) {
      const { navigation, area } = navigationFor(person(role), here)
      for (const { href } of [...navigation, ...(area?.pages ?? [])])
        assert.ok(
          allPages.some(page => page.path === href && page.method === 'GET' && mayOpen(person(role), page)),
          `${role} at ${href}`,
        )
    }
  assert.deepEqual(navigationFor(undefined, '/').navigation, [])
})
