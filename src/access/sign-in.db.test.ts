import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { onEachStore } from '../casework-store/test-stores.ts'
import { fixedClock, type Clock } from '../core/clock.ts'
import { findUser, listUsers, replaceRoles } from './accounts-store.ts'
import { makeFirstUser, makeUser } from './make-user.ts'
import { endSessions } from './session-store.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { withCookies } from './test-cookies.ts'

onEachStore(store => {
  let signIn: SignIn
  let password: string
  let id: string
  let now = '2026-06-08T09:00:00Z'
  const clock: Clock = { now: () => fixedClock(now).now() }
  const email = 'hedda.head@example.uk'
  const secret = 's'.repeat(32)
  const open = (more: { publicUrl?: string; secondStep?: 'required' | 'offered' } = {}): SignIn =>
    createSignIn({ store: store(), clock, secret, publicUrl: 'http://localhost:3000', ...more })

  const enter = async (agent = 'Firefox'): Promise<Headers> => {
    const browser = new Headers({ 'user-agent': agent })
    const answer = await signIn.withPassword({ email, password, headers: browser })
    assert.equal(answer.outcome, 'signed-in')
    return withCookies(answer.cookies, browser)
  }

  before(async () => {
    signIn = open({ secondStep: 'offered' })
    const made = await makeFirstUser(
      { store: store(), clock },
      { email, name: 'Hedda Head', roles: ['head_of_unit'] },
    )
    password = made.password
    id = made.id
  })

  test('the first account has a random password, shown once and kept only as an argon2id hash', async () => {
    assert.match(password, /^[234679ACDEFGHJKMNPQRTWXY]{5}(-[234679ACDEFGHJKMNPQRTWXY]{5}){3}$/)
    const row = await store()
      .db.selectFrom('accounts')
      .select('password')
      .where('user_id', '=', id)
      .executeTakeFirst()
    assert.match(row?.password ?? '', /^\$argon2id\$/)
    await assert.rejects(
      makeFirstUser({ store: store(), clock }, { email: 'b@example.uk', name: 'B', roles: [] }),
      /an account already/,
    )
  })

  test('the right password signs in with a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn.withPassword({ email: email.toUpperCase(), password })
    assert.equal(answer.outcome, 'signed-in')
    const cookie = answer.cookies[0] ?? ''
    assert.match(cookie, /^upstander\.session_token=/)
    for (const line of answer.cookies) assert.match(line, /HttpOnly.*SameSite=Lax/is)
    const session = await signIn.sessionOf(withCookies(answer.cookies))
    assert.deepEqual(session?.user, { id, name: 'Hedda Head', email, roles: ['head_of_unit'] })
    assert.equal(session.needs, undefined)
  })

  test('over https every cookie is marked secure', async () => {
    const secure = open({ publicUrl: 'https://upstander.example.uk' })
    const answer = await secure.withPassword({ email, password })
    assert.equal(answer.outcome, 'signed-in')
    assert.match(answer.cookies[0] ?? '', /^__Secure-upstander/)
    for (const line of answer.cookies) assert.match(line, /Secure/)
  })

  test('where a second step is required, a password alone opens nothing but setting one up', async () => {
    const strict = open()
    const answer = await strict.withPassword({ email, password })
    assert.equal(answer.outcome, 'signed-in')
    assert.equal((await strict.sessionOf(withCookies(answer.cookies)))?.needs, 'second-step')
  })

  test('a wrong password and an unknown address get the same refusal', async () => {
    for (const attempt of [
      { email, password: 'not the password' },
      { email: 'x@example.uk', password },
      { email: "' or 1=1 --", password: '' },
    ])
      assert.deepEqual(await signIn.withPassword(attempt), { outcome: 'refused' })
  })

  test('a forged, changed or missing cookie is nobody', async () => {
    const cookie = (await enter()).get('cookie') ?? ''
    for (const bad of ['', 'upstander.session_token=abc.def', cookie.replace(/=./, '=_')])
      assert.equal(await signIn.sessionOf(new Headers({ cookie: bad, 'user-agent': 'Firefox' })), undefined)
  })

  test('a token alone, as the database holds it, is worth nothing without our signature', async () => {
    const session = await signIn.sessionOf(await enter())
    const cookie = `upstander.session_token=${session?.token ?? ''}`
    assert.equal(await signIn.sessionOf(new Headers({ cookie, 'user-agent': 'Firefox' })), undefined)
  })

  test('the token of a visit is new at every sign-in, and signing in ends the visit the browser came with', async () => {
    const first = await enter()
    const planted = await signIn.sessionOf(first)
    const answer = await signIn.withPassword({ email, password, headers: first })
    assert.equal(answer.outcome, 'signed-in')
    const after = await signIn.sessionOf(
      withCookies(answer.cookies, new Headers({ 'user-agent': 'Firefox' })),
    )
    assert.notEqual(after?.token, planted?.token)
    assert.equal(await signIn.sessionOf(first), undefined, 'AUT-05: a planted session gains nothing')
  })

  test('AUT-05: a cookie that turns up in another browser is refused, and its visit is over for both', async () => {
    const stolen = await enter('Firefox')
    const thief = new Headers(stolen)
    thief.set('user-agent', 'curl/8')
    assert.equal(await signIn.sessionOf(thief), undefined)
    assert.equal(await signIn.sessionOf(stolen), undefined)
  })

  test('after signing out the cookie is worth nothing', async () => {
    const headers = await enter()
    assert.match((await signIn.signOut(headers)).join(), /Max-Age=0/i)
    assert.equal(await signIn.sessionOf(headers), undefined)
  })

  test('AUT-01: a role that is taken away is gone at the next request, and so is an ended session', async () => {
    const headers = await enter()
    await replaceRoles(store().db, id, [], 'set-up', new Date())
    assert.deepEqual((await signIn.sessionOf(headers))?.user.roles, [])
    await replaceRoles(store().db, id, ['head_of_unit'], 'set-up', new Date())
    await endSessions(store().db, id)
    assert.equal(await signIn.sessionOf(headers), undefined)
  })

  test('a visit ends after 30 idle minutes, after 12 hours of work, and when the clock is moved back', async () => {
    const idle = await enter()
    now = '2026-06-08T09:29:00Z'
    assert.ok(await signIn.sessionOf(idle), 'used in time')
    now = '2026-06-08T09:59:01Z'
    assert.equal(await signIn.sessionOf(idle), undefined, '30 minutes after it was last used')
    now = '2026-06-08T10:00:00Z'
    const long = await enter()
    for (let minute = 20; minute < 720; minute += 20) {
      now = new Date(Date.parse('2026-06-08T10:00:00Z') + minute * 60_000).toISOString()
      assert.ok(await signIn.sessionOf(long), `after ${minute} minutes`)
    }
    now = '2026-06-08T22:00:00Z'
    assert.equal(await signIn.sessionOf(long), undefined)
    const later = await enter()
    now = '2026-06-08T09:00:00Z'
    assert.equal(await signIn.sessionOf(later), undefined)
  })

  test('a disabled person is out at the next request, and cannot come in', async () => {
    const headers = await enter()
    const setDisabled = (disabled_at: Date | null) =>
      store().db.updateTable('users').set({ disabled_at }).where('id', '=', id).execute()
    await setDisabled(clock.now())
    assert.equal(await signIn.sessionOf(headers), undefined)
    assert.equal((await signIn.withPassword({ email, password })).outcome, 'refused')
    await setDisabled(null)
    assert.equal((await signIn.withPassword({ email, password })).outcome, 'signed-in')
  })

  test('the SHA-256 of a token leads a function of the database to its person', async () => {
    const session = await signIn.sessionOf(await enter())
    const hash = createHash('sha256')
      .update(session?.token ?? '')
      .digest('hex')
    const { rows } = await sql<{ user_id: string }>`select user_id from sessions
      where sha256(decode(token, 'escape')) = decode(${hash}, 'hex')`.execute(store().db)
    assert.deepEqual(rows, [{ user_id: id }])
  })

  test('an administrator makes accounts; clashing roles, a second use of an address and other makers are refused', async () => {
    const deps = { store: store(), clock }
    const administrator = {
      id: 'admin',
      name: 'A',
      email: 'a@example.uk',
      roles: ['system_administrator'],
    } as const
    const analyst = { email: 'Ann@example.uk', name: 'Ann Alyst', roles: ['analyst'] } as const
    const made = await makeUser(deps, administrator, analyst)
    const entered = await signIn.withPassword({ email: 'ann@example.uk', password: made.password })
    assert.equal(entered.outcome, 'signed-in')
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
