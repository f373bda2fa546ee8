import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit } from '../../tests/support/visitor.ts'
import { insertPasskey, listPasskeys } from '../access/passkey-store.ts'
import { buildApp } from './app.ts'
import { allPages } from './page-list.ts'

let staff: StaffApp
let app: FastifyInstance

before(async () => {
  staff = await openStaffApp([])
  app = await buildApp(staff.deps)
})

after(async () => {
  await app.close()
  await staff.close()
})

const idOf = async (email: string): Promise<string> => {
  const { db } = staff.deps.store
  const row = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return row.id
}

/** A browser's cookies and form token after looking at a page. */
const look = async (cookie = '') => {
  const page = await app.inject({ method: 'GET', url: '/help', headers: { cookie } })
  const first = await app.inject({ method: 'GET', url: '/sign-in', headers: { cookie } })
  const html = page.statusCode === 200 ? page : first
  const given = html.cookies.map(each => `${each.name}=${each.value}`)
  return {
    token: /name="_csrf" value="([^"]+)"/.exec(html.body)?.[1] ?? '',
    cookie: [cookie, ...given].filter(Boolean).join('; '),
  }
}

/** Signs in as a browser would, and gives back its cookies and the token of its forms. */
const enter = async (person: { readonly email: string; readonly password: string }) => {
  const start = await look()
  const reply = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { cookie: start.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: start.token, ...person }).toString(),
  })
  const session = reply.cookies.map(each => `${each.name}=${encodeURIComponent(each.value)}`)
  return await look([start.cookie, ...session].join('; '))
}

const send = (url: string, form: Record<string, string>, headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })

test('AUT-05: every form is refused without its token, with one from before signing in, and from another site', async () => {
  const before = await look()
  const { cookie, token } = await enter(staff.people.investigator)
  const forms = allPages.filter(page => page.method === 'POST' && page.permission !== 'anyone')
  assert.ok(forms.length >= 10)
  for (const { path } of forms) {
    const url = path.replaceAll(/:\w+/g, 'none')
    assert.equal((await send(url, {}, { cookie })).statusCode, 403, `${path}: no token`)
    assert.equal((await send(url, { _csrf: before.token }, { cookie })).statusCode, 403, `${path}: old token`)
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
    ])
      assert.equal((await send(url, { _csrf: token }, { cookie, ...headers })).statusCode, 403, path)
  }
})

test('AUT-05: a form cookie and its token that an attacker planted are worth nothing in a visit that is not theirs', async () => {
  const attacker = await look()
  const planted = /upstander-form=[^;]+/.exec(attacker.cookie)?.[0] ?? ''
  const victim = await enter(staff.people.analyst)
  const cookie = victim.cookie.replace(/upstander-form=[^;]+/, planted)
  assert.notEqual(cookie, victim.cookie)
  assert.equal((await send('/sign-out', { _csrf: attacker.token }, { cookie })).statusCode, 403)
  assert.equal((await send('/sign-out', { _csrf: victim.token }, { cookie: victim.cookie })).statusCode, 303)
})

test('AUT-05: other sites are told nothing: no answer carries a permission to read it', async () => {
  for (const origin of ['null', 'https://elsewhere.example']) {
    const reply = await app.inject({ method: 'OPTIONS', url: '/sign-in', headers: { origin } })
    const page = await app.inject({ method: 'GET', url: '/sign-in', headers: { origin } })
    for (const { headers } of [reply, page]) assert.equal(headers['access-control-allow-origin'], undefined)
  }
})

test('AUT-05: a cookie that a browser came with is never the one it leaves signing in with', async () => {
  const first = await enter(staff.people.analyst)
  const token = /upstander\.session_token=([^;]+)/.exec(first.cookie)?.[1]
  const reply = await send(
    '/sign-in',
    { _csrf: first.token, ...staff.people.analyst },
    { cookie: first.cookie },
  )
  const after = reply.cookies.find(each => each.name === 'upstander.session_token')
  assert.ok(after)
  assert.notEqual(encodeURIComponent(after.value), token)
})

test('AUT-02: the ids of one person’s visits and passkeys lead another nowhere', async () => {
  const victim = await visit(app).signIn(staff.people.prevent)
  const attacker = await visit(app).signIn(staff.people.analyst)
  const userId = await idOf(staff.people.prevent.email)
  const { db } = staff.deps.store
  const key = {
    id: 'key-1',
    userId,
    publicKey: 'AA',
    counter: 0,
    transports: [],
    name: 'K',
    madeAt: new Date(),
  }
  await insertPasskey(db, key)
  const { id } = await db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  assert.equal((await attacker.post(`/account/sessions/${id}/end`, {})).status, 404)
  await attacker.get('/help')
  await attacker.post('/account/passkeys/remove', { id: 'key-1' })
  await attacker.get('/help')
  await attacker.post('/account/sessions/end-others', { id, user_id: userId })
  assert.equal((await victim.get('/account')).status, 200)
  assert.equal((await listPasskeys(db, userId)).length, 1)
})

test('AUT-03: fields that a form does not have are not taken: no role, no person, no state', async () => {
  const analyst = await visit(app).signIn(staff.people.analyst)
  const userId = await idOf(staff.people.analyst.email)
  const extra = {
    roles: 'head_of_unit',
    role: 'system_administrator',
    user_id: await idOf(staff.people.head_of_unit.email),
    staff_id: 'PC1',
    disabled_at: '',
    second_step: 'true',
  }
  assert.equal(
    (await analyst.post('/account/password', { password: 'kettle marble otter', ...extra })).location,
    '/account',
  )
  const { db } = staff.deps.store
  const roles = await db.selectFrom('user_roles').select('role').where('user_id', '=', userId).execute()
  const user = await db.selectFrom('users').select('staff_id').where('id', '=', userId).executeTakeFirst()
  assert.deepEqual([roles, user], [[{ role: 'analyst' }], { staff_id: null }])
  await visit(app).signIn(staff.people.head_of_unit)
})

test('the address in the log is the one the proxy saw, not one that the visitor claims', async () => {
  const behind = await buildApp({
    ...staff.deps,
    settings: { publicUrl: 'https://upstander.example.uk' },
  })
  try {
    const page = await behind.inject({ method: 'GET', url: '/sign-in' })
    const reply = await behind.inject({
      method: 'POST',
      url: '/sign-in',
      remoteAddress: '127.0.0.1',
      headers: {
        'x-forwarded-for': '10.66.66.66, 10.0.0.7',
        cookie: page.cookies.map(each => `${each.name}=${each.value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({
        _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
        email: 'nobody@example.uk',
        password: 'a guess',
      }).toString(),
    })
    assert.equal(reply.statusCode, 400)
    const last = await staff.deps.store.db
      .selectFrom('audit_entries')
      .select('came_from')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    assert.equal(last?.came_from, '10.0.0.7')
    assert.ok(page.cookies.some(each => each.name === '__Host-upstander-form' && each.secure === true))
  } finally {
    await behind.close()
  }
})
