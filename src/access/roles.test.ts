import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionNames, permissions } from './permissions.ts'
import { readsPoliceData, roleClash, roleNames, roles } from './roles.ts'
import { can, demand, type User } from './user.ts'

const holder = (...held: User['roles']): User => ({ id: 'u', name: 'U', email: 'u@example.uk', roles: held })

test('the system administrator reads no police data', () => {
  assert.equal(readsPoliceData('system_administrator'), false)
})

test('every permission is held by some role', () => {
  for (const permission of permissionNames)
    assert.ok(
      roleNames.some(role => (roles[role].permissions as readonly string[]).includes(permission)),
      permission,
    )
})

test('every permission and role says what it is in words', () => {
  for (const permission of permissionNames) assert.match(permissions[permission].means, /^[A-Z].+[^.]$/)
  for (const role of roleNames) assert.notEqual(roles[role].label, '')
})

test('only an investigator and the head of unit may let somebody know who a concern is about', () => {
  assert.deepEqual(
    roleNames.filter(role => can(holder(role), 'grant-unmask')),
    ['investigator', 'head_of_unit'],
  )
})

test('nobody runs the product and reads it, and nobody audits their own work', () => {
  assert.match(roleClash(['system_administrator', 'analyst']) ?? '', /reads no police data/)
  assert.match(roleClash(['auditor', 'investigator']) ?? '', /their own work/)
  assert.match(roleClash(['system_administrator', 'auditor']) ?? '', /reads no police data/)
  assert.equal(roleClash(['analyst', 'head_of_unit']), undefined)
  assert.equal(roleClash(['system_administrator']), undefined)
})

test('a person without a role may do nothing, and is told so in a sentence', () => {
  for (const permission of permissionNames) assert.equal(can(holder(), permission), false)
  assert.throws(() => {
    demand(holder(), 'read-audit')
  }, /do not let you do this: search the log/)
})
