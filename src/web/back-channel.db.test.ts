import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { JWTPayload } from 'jose'
import {
  openDirectoryServer,
  signInAtDirectory,
  type DirectoryServer,
} from '../../tests/support/directory-server.ts'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { openDirectory } from '../access/directory.ts'
import { createSignIn, type SignIn } from '../access/sign-in.ts'
import { withCookies } from '../access/test-cookies.ts'
import { askDirectory, signInWithDirectory } from '../accounts/sign-in-with-directory.ts'
import { systemClock } from '../core/clock.ts'
import { buildApp } from './app.ts'
import { paths } from './paths.ts'

let staff: StaffApp
let app: FastifyInstance
let server: DirectoryServer
let signIn: SignIn
let ended = ''

before(async () => {
  const publicUrl = 'http://localhost:3999'
  const client = { id: 'upstander', secret: 'a secret of the directory' }
  const back = `${publicUrl}${paths.signInDirectoryBack}`
  server = await openDirectoryServer({ ...client, back, home: `${publicUrl}/sign-in` })
  const groups = ['ccu-analysts']
  server.people.set('ann', { email: 'ann@example.uk', name: 'Ann Alyst', groups })
  server.people.set('bea', { email: 'bea@example.uk', name: 'Bea Alyst', groups })
  const settings = { issuer: server.issuer, clientId: client.id, clientSecret: client.secret }
  const roles = { 'ccu-analysts': ['analyst'] } as const
  const directory = openDirectory({ ...settings, roles }, publicUrl, paths.signInDirectoryBack)
  staff = await openStaffApp()
  const deps = { ...staff.deps, clock: systemClock }
  signIn = createSignIn({ ...deps, publicUrl, directory })
  app = await buildApp({ ...deps, signIn })
  ended = `${await app.listen({ port: 0, host: '127.0.0.1' })}${paths.signInDirectoryEnded}`
})

after(async () => {
  await app.close()
  await server.close()
  await staff.close()
})

const enter = async (login: string): Promise<Headers> => {
  assert.ok(signIn.directory)
  const deps = { store: staff.deps.store, clock: systemClock, signIn }
  const { url, cookie } = await askDirectory(deps, signIn.directory)
  const back = new URL(await signInAtDirectory(url, login))
  const answer = { url: back, headers: withCookies([cookie]), from: '10.0.0.1' }
  const result = await signInWithDirectory(deps, signIn.directory, answer)
  assert.equal(result.outcome, 'signed-in')
  return withCookies(result.cookies)
}

const isIn = async (headers: Headers): Promise<boolean> => (await signIn.sessionOf(headers)) !== undefined

const send = async (token: string): Promise<number> =>
  (await fetch(ended, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })).status

test('AUT-09: whom the directory signs out is out of every browser within a second, and nobody else is', async () => {
  const [one, two, other] = [await enter('ann'), await enter('ann'), await enter('bea')]
  const began = performance.now()
  assert.equal(await send(await server.signOutToken({ sub: 'ann' })), 200)
  assert.deepEqual([await isIn(one), await isIn(two), await isIn(other)], [false, false, true])
  assert.ok(performance.now() - began < 1_000)
  const last = await staff.deps.store.db
    .selectFrom('audit_entries')
    .select(['who', 'what', 'outcome'])
    .orderBy('seq', 'desc')
    .limit(1)
    .execute()
  assert.deepEqual(last, [{ who: 'directory', what: 'sessions-ended', outcome: 'done' }])
})

/** What the directory calls each open visit, oldest first. */
const visits = async (): Promise<string[]> => {
  const rows = await staff.deps.store.db
    .selectFrom('sessions')
    .select('directory_visit')
    .orderBy('opened_at')
    .execute()
  return rows.map(row => row.directory_visit ?? '')
}

test('AUT-09: where the directory names one visit that one is over, and no other of the same person', async () => {
  await staff.deps.store.db.deleteFrom('sessions').execute()
  const [one, two, three, other] = [
    await enter('ann'),
    await enter('ann'),
    await enter('ann'),
    await enter('bea'),
  ]
  const open = async () => [await isIn(one), await isIn(two), await isIn(three), await isIn(other)]
  const [first = '', second = '', third = '', last = ''] = await visits()
  assert.equal(new Set([first, second, third, last]).size, 4)
  await server.signOut('ann', ended, first)
  assert.deepEqual(
    await open(),
    [false, true, true, true],
    'with its person, as the directory itself sends it',
  )
  assert.equal(await send(await server.signOutToken({ sub: undefined as never, sid: second })), 200)
  assert.deepEqual(await open(), [false, false, true, true], 'alone')
  assert.equal(await send(await server.signOutToken({ sub: undefined as never, sid: second })), 200)
  assert.equal(await send(await server.signOutToken({ sub: 'ann', sid: last })), 200)
  assert.deepEqual(await open(), [false, false, true, true], 'one that is over, and one of somebody else')
  await staff.deps.store.db.updateTable('sessions').set({ directory_visit: null }).execute()
  assert.equal(await send(await server.signOutToken({ sub: 'ann', sid: third })), 200)
  assert.deepEqual(await open(), [false, false, false, true], 'one of which nobody said what it is called')
})

test('AUT-09: a sign-out that is forged, stale, for another service, about nobody, used before, or a sign-in in disguise ends no visit', async () => {
  const ann = await enter('ann')
  const now = Math.floor(Date.now() / 1_000)
  const lies: Record<string, JWTPayload> = {
    'of another issuer': { iss: 'http://localhost:1' },
    'for another service': { aud: 'another' },
    'of ten minutes ago': { iat: now - 600, exp: now + 600 },
    lapsed: { exp: now - 60 },
    'of the future': { iat: now + 300, exp: now + 600 },
    'without its time': { iat: undefined as never },
    'without a name of its own': { jti: undefined as never },
    'about no sign-out': { events: {} },
    'with the nonce of a sign-in': { nonce: 'one' },
    'about nobody': { sub: undefined as never },
    'about a visit without a name': { sub: undefined as never, sid: '' },
  }
  for (const [what, lie] of Object.entries(lies))
    assert.equal(await send(await server.signOutToken(lie)), 400, what)
  assert.equal(await send(await server.signOutToken({}, 'other')), 400, 'signed by another key')
  const [, body = ''] = (await server.signOutToken({})).split('.')
  const head = Buffer.from('{"alg":"none"}').toString('base64url')
  assert.equal(await send(`${head}.${body}.`), 400, 'not signed')
  assert.equal(await send('nonsense'), 400)
  assert.equal((await fetch(ended, { method: 'POST' })).status, 400)
  assert.ok(await isIn(ann))
  const good = await server.signOutToken({})
  assert.equal(await send(good), 200)
  assert.ok(!(await isIn(ann)))
  const again = await enter('ann')
  assert.equal(await send(good), 400, 'used before')
  assert.ok(await isIn(again))
})
