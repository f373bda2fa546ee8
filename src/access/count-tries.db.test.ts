import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachStore } from '../casework-store/test-stores.ts'
import { fixedClock, type Clock } from '../core/clock.ts'
import { makeFirstUser } from './make-user.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { withCookies } from './test-cookies.ts'

onEachStore(store => {
  let signIn: SignIn
  let password: string
  let known: Headers
  let at = Date.parse('2026-06-08T09:00:00Z')
  const clock: Clock = { now: () => fixedClock(new Date(at).toISOString()).now() }
  const email = 'vic.tim@example.uk'
  const guess = (from: string, person = email) =>
    signIn.withPassword({ email: person, password: 'a guess', from })

  before(async () => {
    const secret = 's'.repeat(32)
    const publicUrl = 'http://localhost:3000'
    signIn = createSignIn({ store: store(), clock, secret, publicUrl, secondStep: 'offered' })
    const person = { email, name: 'Vic Tim', roles: ['analyst'] } as const
    password = (await makeFirstUser({ store: store(), clock }, person)).password
    const answer = await signIn.withPassword({ email, password, from: '10.0.0.1' })
    assert.equal(answer.outcome, 'signed-in')
    known = withCookies(answer.cookies)
  })

  test('after five wrong tries from one address even the right password is not looked at', async () => {
    for (let tries = 0; tries < 5; tries++) assert.equal((await guess('10.0.0.9')).outcome, 'refused')
    assert.equal((await guess('10.0.0.9')).outcome, 'wait')
    const right = await signIn.withPassword({ email, password, from: '10.0.0.9' })
    assert.equal(right.outcome, 'wait', 'the answer tells nothing about the password')
  })

  test('the same is said of a person who has no account', async () => {
    for (let tries = 0; tries < 5; tries++)
      assert.equal((await guess('10.0.0.9', 'nobody@example.uk')).outcome, 'refused')
    assert.equal((await guess('10.0.0.9', 'nobody@example.uk')).outcome, 'wait')
  })

  test('guessing from many addresses is bounded, and does not lock out the browser the person works with', async () => {
    let looked = 0
    for (let address = 0; address < 60; address++)
      if ((await guess(`10.0.1.${address}`)).outcome === 'refused') looked++
    assert.ok(looked <= 20, `${looked} guesses were looked at`)
    const elsewhere = await signIn.withPassword({ email, password, from: '10.0.2.1' })
    assert.equal(elsewhere.outcome, 'wait', 'a browser that was never used')
    const victim = await signIn.withPassword({ email, password, from: '10.0.0.9', headers: known })
    assert.equal(victim.outcome, 'signed-in', 'their own browser, even behind the address of the attacker')
  })

  test('a hundred guesses at the same moment are no more than five', async () => {
    const all = Array.from({ length: 100 }, () => guess('10.0.3.1', 'many@example.uk'))
    const outcomes = (await Promise.all(all)).map(each => each.outcome)
    assert.ok(outcomes.filter(each => each === 'refused').length <= 5)
  })

  test('a browser known for one person is no better than a strange one for another', async () => {
    const answer = await signIn.withPassword({
      email: 'nobody@example.uk',
      password: 'a guess',
      from: '10.0.0.9',
      headers: known,
    })
    assert.equal(answer.outcome, 'wait')
  })

  test('a known browser has ten wrong tries of its own', async () => {
    for (let tries = 0; tries < 10; tries++) {
      const attempt = { email, password: 'a guess', from: '10.0.0.1', headers: known }
      assert.equal((await signIn.withPassword(attempt)).outcome, 'refused')
    }
    const attempt = { email, password, from: '10.0.0.1', headers: known }
    assert.equal((await signIn.withPassword(attempt)).outcome, 'wait')
  })

  test('after fifteen minutes it is as if nothing had been, and the table holds nobody’s name or address', async () => {
    const rows = await store().db.selectFrom('sign_in_failures').select('bucket').execute()
    assert.ok(rows.length > 0)
    assert.doesNotMatch(JSON.stringify(rows), /example|10\.0/)
    at += 15 * 60_000 + 1_000
    assert.equal((await signIn.withPassword({ email, password, from: '10.0.0.9' })).outcome, 'signed-in')
  })
})
