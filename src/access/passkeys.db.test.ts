import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { onEachStore } from '../casework-store/test-stores.ts'
import { fixedClock, type Clock } from '../core/clock.ts'
import { makeFirstUser } from './make-user.ts'
import { addPasskey, offerPasskey } from './new-passkey.ts'
import { askForPasskey, checkPasskey } from './passkeys.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { withCookies } from './test-cookies.ts'
import { makeTestPasskey, type Misbehaviour } from './test-passkey.ts'
import type { User } from './user.ts'

onEachStore(store => {
  let signIn: SignIn
  let user: User
  let at = Date.parse('2026-06-08T09:00:00Z')
  const clock: Clock = { now: () => fixedClock(new Date(at).toISOString()).now() }
  const device = makeTestPasskey()

  /** Asks, lets the device answer, and sends the answer from the same browser. */
  const tryToSignIn = async (bad: Misbehaviour = {}, with_ = device) => {
    const question = await signIn.askForPasskey()
    const headers = withCookies([question.cookie])
    return await signIn.withPasskey({ answer: with_.get(question.options, bad), headers })
  }
  const add = async (bad: Misbehaviour = {}, with_ = device): Promise<boolean> => {
    const question = await offerPasskey(signIn.context, user)
    const headers = withCookies([question.cookie])
    const made = { answer: with_.create(question.options, bad), name: 'Work laptop', headers }
    return await addPasskey(signIn.context, user, made)
  }

  before(async () => {
    const secret = 's'.repeat(32)
    signIn = createSignIn({ store: store(), clock, secret, publicUrl: 'http://localhost:3000' })
    const person = { email: 'ann@example.uk', name: 'Ann Alyst', roles: ['analyst'] } as const
    const { id } = await makeFirstUser({ store: store(), clock }, person)
    user = { id, ...person }
  })

  test('a passkey is added only as an answer to our question, made here, with the person checked', async () => {
    const other = makeTestPasskey()
    for (const bad of [
      { origin: 'https://upstander.example.uk.evil.example' },
      { rpId: 'evil.example' },
      { challenge: Buffer.alloc(32).toString('base64url') },
      { verified: false },
    ])
      assert.equal(await add(bad, other), false, JSON.stringify(bad))
    assert.equal(await add(), true)
    assert.equal(await add(), false, 'the same passkey twice')
  })

  test('it signs in alone, and needs no second step', async () => {
    const answer = await tryToSignIn()
    assert.equal(answer.outcome, 'signed-in')
    const session = await signIn.sessionOf(withCookies(answer.cookies))
    assert.deepEqual([session?.user.id, session?.method, session?.needs], [user.id, 'passkey', undefined])
  })

  test('AUT-04: another site, another address, no check of the person, changed data: all refused', async () => {
    const attacks: Record<string, Misbehaviour> = {
      'a proxy that phishes has another origin': { origin: 'http://localhost.evil.example' },
      'another port is another origin': { origin: 'http://localhost:4000' },
      'made for another site': { rpId: 'evil.example' },
      'nobody was checked': { verified: false },
      'a question we did not ask': { challenge: Buffer.alloc(32, 7).toString('base64url') },
      'changed after it was signed': {
        tamper: bytes => Buffer.concat([bytes.subarray(0, -1), Buffer.from([255])]),
      },
    }
    for (const [what, bad] of Object.entries(attacks))
      assert.equal((await tryToSignIn(bad)).outcome, 'refused', what)
    assert.equal((await tryToSignIn({}, makeTestPasskey())).outcome, 'refused', 'a passkey we do not know')
    assert.equal((await tryToSignIn()).outcome, 'signed-in', 'and the right one still signs in')
  })

  test('AUT-04: an answer is good once, in time, and for the browser that was asked', async () => {
    const question = await signIn.askForPasskey()
    const headers = withCookies([question.cookie])
    const answer = device.get(question.options)
    assert.equal((await signIn.withPasskey({ answer, headers: new Headers() })).outcome, 'refused')
    const another = withCookies([(await signIn.askForPasskey()).cookie])
    assert.equal((await signIn.withPasskey({ answer, headers: another })).outcome, 'refused')
    assert.equal((await signIn.withPasskey({ answer, headers })).outcome, 'signed-in')
    assert.equal((await signIn.withPasskey({ answer, headers })).outcome, 'refused', 'replayed')
    const slow = await signIn.askForPasskey()
    at += 10 * 60_000 + 1_000
    const late = { answer: device.get(slow.options), headers: withCookies([slow.cookie]) }
    assert.equal((await signIn.withPasskey(late)).outcome, 'refused')
  })

  test('AUT-04: a count that does not grow, as a copy’s would not, is refused', async () => {
    assert.equal((await tryToSignIn({ counter: 100 })).outcome, 'signed-in')
    for (const counter of [100, 99, 1, 0])
      assert.equal((await tryToSignIn({ counter })).outcome, 'refused', String(counter))
    assert.equal((await tryToSignIn({ counter: 101 })).outcome, 'signed-in')
  })

  test('an answer given to sign in proves nothing, and one of another person proves nothing', async () => {
    const headers = withCookies([(await signIn.askForPasskey()).cookie])
    const question = await signIn.askForPasskey()
    const answer = device.get(question.options, { counter: 102 })
    assert.equal(await checkPasskey(signIn.context, 'passkey-proof', { answer, headers }), undefined)
    const asked = await askForPasskey(signIn.context, 'somebody else').catch(() => undefined)
    assert.equal(asked, undefined, 'a step belongs to a person who has an account')
  })

  test('what is no answer at all is refused, and never a fault', async () => {
    for (const answer of [
      '',
      'null',
      '[]',
      '{"id":"x"}',
      '{'.repeat(1_000),
      JSON.stringify({ id: device.id }),
    ]) {
      const { cookie } = await signIn.askForPasskey()
      assert.equal((await signIn.withPasskey({ answer, headers: withCookies([cookie]) })).outcome, 'refused')
    }
  })
})
