import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { appendCookies } from './test-cookies.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { systemClock } from '../core/clock.ts'
import { findUser, listUsers, replaceRoles } from './accounts-store.ts'
import { makeFirstUser, makeUser } from './make-user.ts'
import { createSignIn, type SignIn } from './sign-in.ts'

onEachStore(store => {
  let signIn: SignIn
  let password: string
  let id: string
  const email = 'hedda.head@example.uk'

  before(async () => {
    signIn = createSignIn({ store: store(), secret: 's'.repeat(32), publicUrl: 'http://127.0.0.1:3000' })
    const deps = { store: store(), signIn, clock: systemClock }
    const made = await makeFirstUser(deps, { email, name: 'Hedda Head', roles: ['head_of_unit'] })
    password = made.password
    id = made.id
  })

  test('the first account has a random password, shown once and kept only as a hash', async () => {
    assert.match(password, /^[234679ACDEFGHJKMNPQRTWXY]{5}(-[234679ACDEFGHJKMNPQRTWXY]{5}){3}$/)
    const deps = { store: store(), signIn, clock: systemClock }
    await assert.rejects(
      makeFirstUser(deps, { email: 'b@example.uk', name: 'B', roles: [] }),
      /an account already/,
    )
  })

  test('the right password signs in with a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn.signIn({ email: email.toUpperCase(), password })
    assert.equal(answer.outcome, 'signed-in')
    const cookie = answer.headers.get('set-cookie') ?? ''
    assert.match(cookie, /^upstander\.session_token=/)
    assert.match(cookie, /HttpOnly/i)
    assert.match(cookie, /SameSite=Lax/i)
    const user = await signIn.userOf(appendCookies(answer.headers))
    assert.deepEqual(user, { id, name: 'Hedda Head', email, roles: ['head_of_unit'] })
  })

  test('over https the cookie is marked secure', async () => {
    const secure = createSignIn({
      store: store(),
      secret: 's'.repeat(32),
      publicUrl: 'https://upstander.example.uk',
    })
    const answer = await secure.signIn({ email, password })
    assert.equal(answer.outcome, 'signed-in')
    assert.match(answer.headers.get('set-cookie') ?? '', /^__Secure-upstander.*Secure/is)
  })

  test('a wrong password and an unknown address get the same refusal', async () => {
    assert.deepEqual(await signIn.signIn({ email, password: 'not the password' }), { outcome: 'refused' })
    assert.deepEqual(await signIn.signIn({ email: 'x@example.uk', password }), { outcome: 'refused' })
    assert.deepEqual(await signIn.signIn({ email: "' or 1=1 --", password: '' }), { outcome: 'refused' })
  })

  test('a forged or missing cookie is nobody', async () => {
    assert.equal(await signIn.userOf(new Headers()), undefined)
    assert.equal(await signIn.userOf(new Headers({ cookie: 'upstander.session_token=abc.def' })), undefined)
  })

  test('after signing out the cookie is worth nothing', async () => {
    const answer = await signIn.signIn({ email, password })
    assert.equal(answer.outcome, 'signed-in')
    const headers = appendCookies(answer.headers)
    const left = await signIn.signOut(headers)
    assert.match(left.get('set-cookie') ?? '', /Max-Age=0/i)
    assert.equal(await signIn.userOf(headers), undefined)
  })

  test('a role that is taken away is gone at the next visit, and sessions can be ended', async () => {
    const answer = await signIn.signIn({ email, password })
    assert.equal(answer.outcome, 'signed-in')
    const headers = appendCookies(answer.headers)
    await replaceRoles(store().db, id, [], 'set-up', new Date())
    assert.deepEqual((await signIn.userOf(headers))?.roles, [])
    await replaceRoles(store().db, id, ['head_of_unit'], 'set-up', new Date())
    await signIn.endSessions(id)
    assert.equal(await signIn.userOf(headers), undefined)
  })

  test('an administrator makes accounts; clashing roles, a second use of an address and other makers are refused', async () => {
    const deps = { store: store(), signIn, clock: systemClock }
    const administrator = {
      id: 'admin',
      name: 'A',
      email: 'a@example.uk',
      roles: ['system_administrator'],
    } as const
    const analyst = { email: 'Ann@example.uk', name: 'Ann Alyst', roles: ['analyst'] } as const
    const made = await makeUser(deps, administrator, analyst)
    assert.equal(
      (await signIn.signIn({ email: 'ann@example.uk', password: made.password })).outcome,
      'signed-in',
    )
    await assert.rejects(makeUser(deps, administrator, analyst), /with this e-mail address already/)
    const clash = { ...analyst, email: 'c@example.uk', roles: ['auditor', 'analyst'] } as const
    await assert.rejects(makeUser(deps, administrator, clash), /their own work/)
    await assert.rejects(makeUser(deps, administrator, { ...analyst, email: 'nonsense' }), /name@example\.uk/)
    const found = await findUser(store().db, made.id)
    assert.ok(found)
    await assert.rejects(makeUser(deps, found, { ...analyst, email: 'd@example.uk' }), { code: 'REFUSED' })
    assert.deepEqual(
      (await listUsers(store().db)).map(user => user.name),
      ['Ann Alyst', 'Hedda Head'],
    )
  })
})
