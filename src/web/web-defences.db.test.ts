import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit } from '../../tests/support/visitor.ts'
import { buildApp } from './app.ts'
import { allPages } from './page-list.ts'
import { securityHeaders } from './security-headers.ts'

let staff: StaffApp
let app: FastifyInstance
let port = 0
const log: string[] = []

before(async () => {
  staff = await openStaffApp()
  app = await buildApp({
    ...staff.deps,
    logLevel: 'info',
    logTo: { write: line => log.push(line) },
    limits: { headers: 300, request: 600, lookEvery: 50 },
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as { port: number }).port
})

after(async () => {
  await app.close()
  await staff.close()
})

type Headers = Readonly<Record<string, unknown>>

/** Every header with its value; `cache-control` may be another where nothing but our own files is kept. */
const assertGuarded = (headers: Headers, about: string, https = false): void => {
  for (const [name, value] of Object.entries(securityHeaders({ https })))
    if (name !== 'cache-control') assert.equal(headers[name], value, `${about}: ${name}`)
  const kept = headers['cache-control']
  if (about.includes('/assets/') && !about.includes('missing'))
    assert.match(String(kept), /^public, max-age=/, about)
  else assert.equal(kept, 'no-store', about)
  assert.equal(headers['server'] ?? headers['x-powered-by'], undefined, about)
}

/** Writes bytes to the server and gives back all that it says until it hangs up. */
const say = (text: string): Promise<string> =>
  new Promise(resolve => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', bytes => (heard += bytes.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(heard)
    })
  })

const headersIn = (answer: string): Record<string, string> =>
  Object.fromEntries(
    (answer.split('\r\n\r\n')[0] ?? '')
      .split('\r\n')
      .slice(1)
      .map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )

test('DLV-03: every page carries every header, whether it opens, is refused or leads elsewhere', async () => {
  const head = await visit(app).signIn(staff.people.head_of_unit)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  const seen = new Set<number>()
  for (const { method, path } of allPages.filter(page => page.path !== '/sign-out')) {
    const url = path.replace(':ref', ref).replaceAll(/:\w+/g, 'none')
    const answers = [
      method === 'GET' ? await head.get(url) : await head.post(url, {}),
      method === 'GET' ? await visit(app).get(url) : await visit(app).post(url, {}),
    ]
    for (const { headers, status } of answers) {
      seen.add(status)
      assertGuarded(headers, `${method} ${path} ${status}`)
    }
  }
  for (const status of [200, 303, 400, 403, 404]) assert.ok(seen.has(status), `met ${status}`)
})

test('DLV-03: so do files, files that the browser has already, what is missing, what cannot be read, and every refusal', async () => {
  const page = await app.inject('/sign-in')
  const files = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  assert.ok(files.length >= 5)
  const image = '/assets/images/icon-document.png'
  for (const url of [...files, '/assets/govuk-frontend.min.js', image]) {
    const { headers, statusCode } = await app.inject(url)
    assert.equal(statusCode, 200, url)
    assertGuarded(headers, url)
  }
  const first = await app.inject(image)
  const again = await app.inject({ url: image, headers: { 'if-none-match': String(first.headers.etag) } })
  assert.equal(again.statusCode, 304)
  assertGuarded(again.headers, image)
  const part = await app.inject({ url: image, headers: { range: 'bytes=0-9' } })
  assert.equal(part.statusCode, 206)
  assertGuarded(part.headers, image)
  const refused = [
    { method: 'GET', url: '/nothing', status: 404 },
    { method: 'GET', url: '/favicon.ico', status: 404 },
    { method: 'GET', url: '/assets/missing.js', status: 404 },
    { method: 'GET', url: '/assets/images/..%2f..%2f..%2fpackage.json missing', status: 404 },
    { method: 'GET', url: '/%c0', status: 400 },
    { method: 'GET', url: `/concerns/${'A'.repeat(200)}`, status: 400 },
    { method: 'OPTIONS', url: '/sign-in', status: 404 },
    { method: 'DELETE', url: '/concerns', status: 404 },
    { method: 'POST', url: '/sign-in', type: 'application/json', body: '{"email":"a"}', status: 415 },
    { method: 'POST', url: '/sign-in', type: 'text/plain', body: 'email=a', status: 415 },
    { method: 'POST', url: '/sign-in', type: 'multipart/form-data; boundary=a', body: '--a--', status: 415 },
    {
      method: 'POST',
      url: '/sign-in',
      type: 'application/x-www-form-urlencoded',
      body: `email=${'a'.repeat(100_001)}`,
      status: 413,
    },
  ] as const
  for (const { method, url, status, ...rest } of refused) {
    const sent = 'type' in rest ? { headers: { 'content-type': rest.type }, payload: rest.body } : {}
    const { statusCode, headers } = await app.inject({ method, url, ...sent })
    const about = `${method} ${url.slice(0, 60)} ${'type' in rest ? rest.type : ''}`
    assert.equal(statusCode, status, about)
    assertGuarded(headers, about)
  }
})

test('DLV-03: behind TLS the browser is told to use nothing else, and cookies go over nothing else', async () => {
  const behind = await buildApp({ ...staff.deps, settings: { publicUrl: 'https://upstander.example.uk' } })
  try {
    const { headers, cookies } = await behind.inject('/sign-in')
    assertGuarded(headers, 'over https', true)
    assert.match(String(headers['content-security-policy']), /upgrade-insecure-requests/)
    for (const { name, secure, httpOnly, path, domain } of cookies) {
      assert.match(name, /^__(Host|Secure)-/)
      assert.deepEqual([secure, httpOnly, path, domain], [true, true, '/', undefined], name)
    }
  } finally {
    await behind.close()
  }
})

test('every cookie is kept from scripts and from other sites', async () => {
  const page = await app.inject('/sign-in')
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const entered = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: page.cookies.map(each => `${each.name}=${each.value}`).join('; '),
    },
    payload: new URLSearchParams({ _csrf: token, ...staff.people.analyst }).toString(),
  })
  assert.equal(entered.statusCode, 303)
  const cookies = [...page.cookies, ...entered.cookies]
  assert.ok(cookies.length >= 2)
  for (const { name, httpOnly, sameSite, path } of cookies) {
    assert.equal(httpOnly, true, name)
    assert.match(String(sameSite), /^(Strict|Lax)$/, name)
    assert.equal(path, '/', name)
  }
})

test('DOS-01: a visitor who sends headers or a form too slowly, or too many headers, or no HTTP, is hung up on with the same headers', async () => {
  const head = 'POST /sign-in HTTP/1.1\r\nHost: localhost\r\n'
  const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail='
  for (const [about, bytes, status] of [
    ['slow headers', head, 408],
    ['a slow form', `${head}${form}`, 408],
    ['too many headers', `${head}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n', 400],
    ['two lengths', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 303],
  ] as const) {
    const answer = await say(bytes)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), about)
    assertGuarded(headersIn(answer), about)
  }
  assert.ok(app.server.maxConnections <= 1_000)
  assert.equal((await app.inject('/sign-in')).statusCode, 200, 'others are served')
})

test('OPS-01: the server’s own log names nobody: no address, browser, person, place or word of a record', async () => {
  log.length = 0
  const analyst = await visit(app).signIn(staff.people.analyst)
  const { ref } = await staff.deps.store.db.selectFrom('concerns').select('ref').executeTakeFirstOrThrow()
  for (const url of ['/', '/concerns', `/concerns/${ref}`, '/records/rejects?feed=S1-canary'])
    await analyst.get(url)
  await app.inject({
    url: '/nothing/canary-path',
    headers: { 'user-agent': 'canary-browser', 'x-forwarded-for': '10.66.66.66' },
  })
  await staff.deps.lake.run('rename table upstander.rejects to upstander.rejects_away')
  await analyst.get('/records/rejects?feed=S1-canary')
  await staff.deps.lake.run('rename table upstander.rejects_away to upstander.rejects')
  const text = log.join('')
  assert.match(text, /a page failed/)
  assert.match(text, /LAKE_FAILED/)
  const secrets = [
    'canary',
    '10.66.66.66',
    '127.0.0.1',
    ref,
    staff.people.analyst.email,
    staff.people.analyst.password,
    staff.deps.secret,
    'select ',
    '07700',
    'light-my-request',
  ]
  assert.deepEqual(
    secrets.filter(each => text.includes(each)),
    [],
  )
})

test('OPS-02: no file that is served and no page holds a secret, a path of the machine or a map of the source', async () => {
  const page = await app.inject('/sign-in')
  const files = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  const probes = ['/.env', '/.git/config', '/package.json', '/health', '/metrics', '/proc/self/environ']
  const traversals = [
    '/assets/images/%2e%2e/%2e%2e/package.json',
    '/assets//etc/passwd',
    '/assets/images/..\\x',
  ]
  for (const url of [...files, '/assets/govuk-frontend.min.js', ...probes, ...traversals, '/%c0']) {
    const { body, statusCode } = await app.inject(url)
    if (probes.includes(url)) assert.equal(statusCode, 404, url)
    assert.ok(!body.includes(staff.deps.secret), url)
    assert.doesNotMatch(
      body,
      /sourceMappingURL|node_modules|DATABASE_URL|postgres:|"dependencies"|root:x:/,
      url,
    )
  }
})
