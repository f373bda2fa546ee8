import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword as hashScrypt } from 'better-auth/crypto'
import { hashPassword, verifyPassword } from './password-hash.ts'

test('a password is kept as an argon2id hash, another each time, and only itself fits', async () => {
  const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, other)
  assert.equal(await verifyPassword({ hash: one, password: 'correct horse' }), true)
  assert.equal(await verifyPassword({ hash: one, password: 'correct horsf' }), false)
  assert.equal(await verifyPassword({ hash: one, password: '' }), false)
})

test('it is what any other argon2id makes of it (vector of RFC 9106 parameters, made with the reference program)', async () => {
  // echo -n "password" | argon2 "somesalt" -id -t 2 -k 65536 -p 1 -l 32, from the reference program's own test file.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  assert.equal(await verifyPassword({ hash, password: 'password' }), true)
  assert.equal(await verifyPassword({ hash, password: 'passwore' }), false)
})

test('a hash that an earlier version made still fits', async () => {
  assert.equal(
    await verifyPassword({ hash: await hashScrypt('correct horse'), password: 'correct horse' }),
    true,
  )
})
