import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { JWTPayload } from 'jose'
import {
  openDirectoryServer,
  signInAtDirectory,
  signToken,
  type DirectoryServer,
} from '../../tests/support/directory-server.ts'
import { openDirectory } from '../access/directory.ts'
import { createSignIn, type SignIn } from '../access/sign-in.ts'
import { withCookies } from '../access/test-cookies.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { systemClock } from '../core/clock.ts'
import { changeRoles, linkToStaff } from './change-account.ts'
import { confirmRoles } from './confirm-roles.ts'
import { askDirectory, signInWithDirectory } from './sign-in-with-directory.ts'

onEachStore(store => {
  let server: DirectoryServer
  let signIn: SignIn
  const publicUrl = 'http://localhost:3999'
  const ann = { email: 'Ann@example.uk', name: 'Ann Alyst', groups: ['ccu-analysts', 'all-staff'] }

  before(async () => {
    const client = { id: 'upstander', secret: 'a secret of the directory' }
    const back = `${publicUrl}/sign-in/directory/back`
    server = await openDirectoryServer({ ...client, back, home: `${publicUrl}/sign-in` })
    const roles = { 'ccu-analysts': ['analyst'], 'ccu-heads': ['head_of_unit'], audit: ['auditor'] } as const
    const settings = { issuer: server.issuer, clientId: client.id, clientSecret: client.secret, roles }
    const directory = openDirectory(settings, publicUrl, '/sign-in/directory/back')
    const secret = 's'.repeat(32)
    signIn = createSignIn({ store: store(), clock: systemClock, secret, publicUrl, directory })
  })
  after(async () => {
    await server.close()
  })
  beforeEach(() => {
    server.tamper = undefined
    server.people.set('ann', { ...ann, staff_number: 'PC77' })
  })

  const deps = () => ({ store: store(), clock: systemClock, signIn })
  const directory = () => {
    assert.ok(signIn.directory)
    return signIn.directory
  }
  const begin = () => askDirectory(deps(), directory())
  const finish = (address: string, headers: Headers) =>
    signInWithDirectory(deps(), directory(), { url: new URL(address), headers, from: '10.0.0.1' })
  const goThrough = async (login = 'ann') => {
    const { url, cookie } = await begin()
    return await finish(await signInAtDirectory(url, login), withCookies([cookie]))
  }
  const enter = async (login = 'ann'): Promise<Headers> => {
    const answer = await goThrough(login)
    assert.equal(answer.outcome, 'signed-in')
    return withCookies(answer.cookies)
  }

  test('a person of the directory signs in with the roles of their groups and their row of the staff records', async () => {
    const session = await signIn.sessionOf(await enter())
    assert.deepEqual(
      [session?.user.email, session?.user.roles, session?.method, session?.needs],
      ['ann@example.uk', ['analyst'], 'directory', undefined],
    )
    const row = await store().db.selectFrom('users').select('staff_id').executeTakeFirst()
    assert.equal(row?.staff_id, 'PC77')
  })

  test('a group that was taken away takes the role and every open visit with it at the next sign-in', async () => {
    const open = await enter()
    server.people.set('ann', { ...ann, groups: ['ccu-heads'] })
    const again = await enter()
    assert.deepEqual((await signIn.sessionOf(again))?.user.roles, ['head_of_unit'])
    assert.equal(await signIn.sessionOf(open), undefined)
    server.people.set('ann', { ...ann, groups: ['all-staff'] })
    assert.equal((await goThrough()).outcome, 'refused')
    assert.equal(await signIn.sessionOf(again), undefined)
    const entries = await store()
      .db.selectFrom('audit_entries')
      .select('why')
      .where('what', '=', 'roles-changed')
      .execute()
    assert.ok(entries.some(entry => entry.why === 'directory: none'))
  })

  test('COI-05: an account the directory did not link waits, once it is linked, until somebody confirms it; a link stays whatever the directory says later', async () => {
    server.people.set('uma', { ...ann, email: 'uma@example.uk' })
    const { user } = (await signIn.sessionOf(await enter('uma'))) ?? {}
    assert.ok(user)
    for (const id of ['an-administrator', 'a-head'])
      await runSql(
        store(),
        `insert into users (id, name, email, created_at, updated_at) values ('${id}', 'X', '${id}@example.uk', now(), now())`,
      )
    const administrator = { ...user, id: 'an-administrator', roles: ['system_administrator'] } as const
    const about = { userId: user.id, staffId: 'PC80', from: '10.0.0.1' }
    assert.equal((await linkToStaff(deps(), administrator, about)).outcome, 'changed')
    assert.deepEqual(
      (await signIn.sessionOf(await enter('uma')))?.user.roles,
      [],
      'the directory does not give it back',
    )
    const head = { ...user, id: 'a-head', roles: ['head_of_unit'] } as const
    assert.equal(await confirmRoles(deps(), head, { userId: user.id, granted: true, from: '' }), 'answered')
    server.people.set('uma', { ...ann, email: 'uma@example.uk', staff_number: 'PC99' })
    assert.deepEqual((await signIn.sessionOf(await enter('uma')))?.user.roles, ['analyst'])
    const row = await store()
      .db.selectFrom('users')
      .select('staff_id')
      .where('id', '=', user.id)
      .executeTakeFirst()
    assert.equal(row?.staff_id, 'PC80')
    assert.equal((await linkToStaff(deps(), administrator, { ...about, staffId: 'PC81' })).outcome, 'refused')
  })

  test('AUT-09: what the head of unit refused does not come back by the directory, until somebody asks anew and it is confirmed', async () => {
    server.people.set('vic', { ...ann, email: 'vic@example.uk' })
    const { user } = (await signIn.sessionOf(await enter('vic'))) ?? {}
    assert.ok(user)
    const administrator = { ...user, id: 'an-administrator', roles: ['system_administrator'] } as const
    const head = { ...user, id: 'a-head', roles: ['head_of_unit'] } as const
    const about = { userId: user.id, from: '10.0.0.1' }
    const rolesNow = async () => (await signIn.sessionOf(await enter('vic')))?.user.roles
    await linkToStaff(deps(), administrator, { ...about, staffId: 'PC82' })
    assert.equal(await confirmRoles(deps(), head, { ...about, granted: false }), 'answered')
    assert.deepEqual([await rolesNow(), await rolesNow()], [[], []])
    assert.equal(
      (await changeRoles(deps(), administrator, { ...about, roles: ['analyst'] })).outcome,
      'changed',
    )
    assert.deepEqual(await rolesNow(), [], 'asked for anew, and not yet answered')
    assert.equal(await confirmRoles(deps(), head, { ...about, granted: true }), 'answered')
    assert.deepEqual([await rolesNow(), await rolesNow()], [['analyst'], ['analyst']])
  })

  test('groups whose roles no one may hold together open nothing', async () => {
    server.people.set('eve', { email: 'eve@example.uk', name: 'Eve', groups: ['audit', 'ccu-analysts'] })
    assert.equal((await goThrough('eve')).outcome, 'refused')
  })

  test('a person disabled here is refused, and one disabled there never comes back to us', async () => {
    const open = await enter()
    const { id } = (await signIn.sessionOf(open))?.user ?? { id: '' }
    await store().db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', id).execute()
    assert.equal((await goThrough()).outcome, 'refused')
    assert.equal(await signIn.sessionOf(open), undefined)
    await store().db.updateTable('users').set({ disabled_at: null }).where('id', '=', id).execute()
    server.people.delete('ann')
    const { url } = await begin()
    const end = await signInAtDirectory(url, 'ann').catch(() => 'nowhere')
    assert.ok(end === 'nowhere' || !end.includes('code='), end)
  })

  test('an account made here is not taken over by somebody in the directory with its e-mail address', async () => {
    server.people.set('mal', { email: ann.email, name: 'Mal', groups: ['ccu-heads'] })
    await enter()
    assert.equal((await goThrough('mal')).outcome, 'refused')
  })

  test('an answer is good once, and for the browser that asked', async () => {
    const { url, cookie } = await begin()
    const address = await signInAtDirectory(url, 'ann')
    assert.equal((await finish(address, new Headers())).outcome, 'refused')
    const other = withCookies([(await begin()).cookie])
    assert.equal((await finish(address, other)).outcome, 'refused', 'the question of another browser')
    assert.equal((await finish(address, withCookies([cookie]))).outcome, 'signed-in')
    assert.equal((await finish(address, withCookies([cookie]))).outcome, 'refused', 'replayed')
  })

  test('forged, stale, replayed and misdirected tokens sign nobody in', async () => {
    const now = Math.floor(Date.now() / 1_000)
    const lies: Record<string, (claims: JWTPayload) => JWTPayload> = {
      'of another issuer': claims => ({ ...claims, iss: 'http://localhost:1' }),
      'for somebody else': claims => ({ ...claims, aud: 'another service' }),
      'lapsed two minutes ago': claims => ({ ...claims, iat: now - 300, exp: now - 120 }),
      'of two minutes from now': claims => ({ ...claims, iat: now + 120, nbf: now + 120, exp: now + 600 }),
      'the answer to another question': claims => ({ ...claims, nonce: 'another' }),
      'the answer to no question': claims => ({ ...claims, nonce: undefined }),
    }
    for (const [what, lie] of Object.entries(lies)) {
      server.tamper = (claims, keys) => signToken(lie(claims), keys.own)
      assert.equal((await goThrough()).outcome, 'refused', what)
    }
    server.tamper = (claims, keys) => signToken(claims, keys.other)
    assert.equal((await goThrough()).outcome, 'refused', 'signed by another key under the same name')
    server.tamper = claims => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      return Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`)
    }
    assert.equal((await goThrough()).outcome, 'refused', 'not signed')
  })

  test('clocks that differ by less than half a minute do no harm', async () => {
    const now = Math.floor(Date.now() / 1_000)
    for (const shift of [-20, 20]) {
      server.tamper = (claims, keys) =>
        signToken({ ...claims, iat: now + shift, exp: now + shift + (shift < 0 ? 1 : 600) }, keys.own)
      assert.equal((await goThrough()).outcome, 'signed-in', `${shift} seconds`)
    }
  })

  test('signing out leads on to where the visit to the directory itself is ended', async () => {
    const url = new URL((await directory().signOutUrl()) ?? '')
    assert.equal(url.origin, server.issuer)
    assert.equal(url.searchParams.get('post_logout_redirect_uri'), `${publicUrl}/sign-in`)
    assert.equal((await fetch(url)).status, 200)
  })
})
