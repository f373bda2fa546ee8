import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFault } from './own-password.ts'

const user = { email: 'hedda.head@example.uk', name: 'Hedda Head' }

test('three words make a password', () => {
  assert.equal(passwordFault('kettle marble otter', user), undefined)
})

test('what is short, of a few characters or made of their own name is refused with a sentence', () => {
  assert.match(passwordFault('kettle', user) ?? '', /12 characters or more/)
  assert.match(passwordFault('a'.repeat(257), user) ?? '', /256 characters or fewer/)
  assert.match(passwordFault('ababababababab', user) ?? '', /few different characters/)
  assert.match(passwordFault('HeddaHedda2026', user) ?? '', /made of your name/)
})
