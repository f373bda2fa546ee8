import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { onEachStore } from '../casework-store/test-stores.ts'
import { fixedClock, type Clock } from '../core/clock.ts'
import { checkCode, offerSecret } from './authenticator.ts'
import { makeFirstUser } from './make-user.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { withCookies } from './test-cookies.ts'

onEachStore(store => {
  let signIn: SignIn
  let password: string
  let id: string
  let key = ''
  let at = Date.parse('2026-06-08T09:00:00Z')
  const clock: Clock = { now: () => fixedClock(new Date(at).toISOString()).now() }
  const email = 'ann.alyst@example.uk'
  const deps = () => ({ db: store().db, secret: signIn.context.secret, now: clock.now() })
  const codeAt = (moment: number): string =>
    new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({ timestamp: moment })
  const nextPeriod = (): string => {
    at += 30_000
    return codeAt(at)
  }
  /** Not the code of now, nor of its neighbours. */
  const wrongCode = (): string => {
    const right = [-30_000, 0, 30_000].map(shift => codeAt(at + shift))
    return ['000000', '111111', '222222', '333333'].find(code => !right.includes(code)) ?? ''
  }

  const givePassword = async (): Promise<Headers> => {
    const answer = await signIn.withPassword({ email, password })
    assert.equal(answer.outcome, 'code-needed')
    return withCookies(answer.cookies)
  }

  before(async () => {
    const secret = 's'.repeat(32)
    signIn = createSignIn({ store: store(), clock, secret, publicUrl: 'http://localhost:3000' })
    const person = { email, name: 'Ann Alyst', roles: ['analyst'] } as const
    const made = await makeFirstUser({ store: store(), clock }, person)
    password = made.password
    id = made.id
  })

  test('an authenticator app counts once it has shown a right code, and its secret is encrypted in the store', async () => {
    const offer = await offerSecret(deps(), { id, email })
    key = offer?.key ?? ''
    assert.match(offer?.uri ?? '', /^otpauth:\/\/totp\/Upstander:ann.alyst%40example.uk\?/)
    assert.deepEqual((await offerSecret(deps(), { id, email }))?.key, key, 'the same until it counts')
    const { secret } = await store()
      .db.selectFrom('authenticators')
      .select('secret')
      .executeTakeFirstOrThrow()
    assert.ok(!secret.includes(key.replaceAll(' ', '')))
    assert.equal((await signIn.withPassword({ email, password })).outcome, 'signed-in', 'not asked for yet')
    assert.equal(await checkCode(deps(), id, wrongCode(), { confirming: true }), false)
    assert.equal(await checkCode(deps(), id, nextPeriod(), { confirming: true }), true)
    assert.equal(await offerSecret(deps(), { id, email }), undefined, 'it is never shown again')
  })

  test('then a right password opens nothing: a code is asked for, and with it the visit begins', async () => {
    const pending = await givePassword()
    assert.equal(await signIn.sessionOf(pending), undefined)
    const answer = await signIn.withCode({ code: nextPeriod(), headers: pending })
    assert.equal(answer.outcome, 'signed-in')
    const session = await signIn.sessionOf(withCookies(answer.cookies))
    assert.deepEqual([session?.user.id, session?.needs], [id, undefined])
  })

  test('once the key of sessions was changed its codes are wrong, and nothing fails; with the key back they are right', async () => {
    const code = nextPeriod()
    assert.equal(await checkCode({ ...deps(), secret: 't'.repeat(32) }, id, code), false)
    assert.equal(await checkCode(deps(), id, code), true)
  })

  test('a code that was used once is worth nothing, not even to two at the same moment', async () => {
    const code = nextPeriod()
    const both = await Promise.all([givePassword(), givePassword()])
    const answers = await Promise.all(both.map(headers => signIn.withCode({ code, headers })))
    assert.deepEqual(answers.map(each => each.outcome).toSorted(), ['refused', 'signed-in'])
    const late = await signIn.withCode({ code, headers: await givePassword() })
    assert.equal(late.outcome, 'refused')
  })

  test('a code of one period ago or ahead is right, one of two periods is not', async () => {
    at += 120_000
    assert.equal(await checkCode(deps(), id, codeAt(at - 60_000)), false)
    assert.equal(await checkCode(deps(), id, codeAt(at + 60_000)), false)
    assert.equal(await checkCode(deps(), id, codeAt(at - 30_000)), true)
    assert.equal(await checkCode(deps(), id, codeAt(at + 30_000)), true)
    assert.equal(await checkCode(deps(), id, codeAt(at)), false, 'older than one that was used')
    at += 60_000
  })

  test('after five wrong codes the password is asked for again, and ten minutes are enough', async () => {
    const headers = await givePassword()
    const outcomes = []
    for (let tries = 0; tries < 6; tries++)
      outcomes.push((await signIn.withCode({ code: wrongCode(), headers, from: 'a' })).outcome)
    assert.deepEqual(outcomes.slice(0, 5), Array(5).fill('refused'))
    assert.notEqual(outcomes[5], 'refused')
    assert.notEqual((await signIn.withCode({ code: nextPeriod(), headers, from: 'b' })).outcome, 'signed-in')
    const slow = await givePassword()
    at += 10 * 60_000
    assert.equal((await signIn.withCode({ code: nextPeriod(), headers: slow })).outcome, 'begin-again')
    at += 15 * 60_000
  })

  test('a recovery code stands in for the app once, typed in any way', async () => {
    const [first = '', second = ''] = await makeRecoveryCodes(deps(), id)
    const typed = first.toLowerCase().replace('-', ' ')
    const headers = await givePassword()
    assert.equal((await signIn.withCode({ code: typed, headers })).outcome, 'signed-in')
    assert.equal((await signIn.withCode({ code: first, headers: await givePassword() })).outcome, 'refused')
    await makeRecoveryCodes(deps(), id)
    assert.equal((await signIn.withCode({ code: second, headers: await givePassword() })).outcome, 'refused')
  })

  test('a code without the password, or with the step of another browser, is worth nothing', async () => {
    assert.equal(
      (await signIn.withCode({ code: nextPeriod(), headers: new Headers() })).outcome,
      'begin-again',
    )
    const guess = new Headers({ cookie: `upstander-code=${'A'.repeat(43)}` })
    assert.equal((await signIn.withCode({ code: nextPeriod(), headers: guess })).outcome, 'begin-again')
  })
})
