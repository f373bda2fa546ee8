import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, type StaffApp } from '../../tests/support/staff-app.ts'
import { visit, type Visitor } from '../../tests/support/visitor.ts'
import type { Role } from '../access/roles.ts'
import { can, type User } from '../access/user.ts'
import { buildApp } from './app.ts'
import type { Page } from './define-pages.ts'
import { allPages } from './page-list.ts'
import { securityHeaders } from './security-headers.ts'

let staff: StaffApp
let app: FastifyInstance
const visitors = new Map<Role, Visitor>()
const roles: readonly Role[] = ['head_of_unit', 'system_administrator', 'data_protection', 'auditor']

before(async () => {
  staff = await openStaffApp()
  app = await buildApp(staff.deps)
  await app.listen({ host: '127.0.0.1', port: 0 })
  for (const role of roles) visitors.set(role, await visit(app).signIn(staff.people[role]))
})

after(async () => {
  await app.close()
  await staff.close()
})

/** Somebody who may open a page, so that what they type gets as far as it can. */
const whoMayOpen = ({ permission }: Page): Visitor => {
  const role = roles.find(
    each =>
      permission === 'anyone' ||
      permission === 'signed-in' ||
      can({ id: '', name: '', email: '', roles: [each] } satisfies User, permission),
  )
  return (role === undefined ? undefined : visitors.get(role)) ?? visit(app)
}

/** What people, programs and attackers type. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  'NaN',
  '__proto__',
  'constructor',
  '\u0000',
  '\u202Eabc',
  '\uD800',
  '\u2028',
  'ŵŷ 中文 عربى',
  "' or 1=1 --",
  "'; drop table concerns; --",
  '{{7*7}}',
  '${7*7}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '=HYPERLINK("http://x")',
  '../../../etc/passwd',
  '%00',
  '%c0%af',
  '\r\nset-cookie: a=b',
  '[]',
  '{"a":1}',
  'a'.repeat(5_000),
  '9999-99-99',
  '2026-02-30',
)
const word = fc.oneof({ weight: 2, arbitrary: nasty }, fc.string({ unit: 'binary', maxLength: 40 }))

/** Names of every field that a form of ours has, so that what is typed is looked at. */
const fields = fc.constantFrom(
  ...['kind', 'reason', 'explanation', 'until', 'until-day', 'until-month', 'until-year', 'from-day', 'ref'],
  ...[
    'concern',
    'owner',
    'plan',
    'place',
    'number',
    'basis',
    'necessity',
    'proportionality',
    'authorisation',
  ],
  ...['email', 'password', 'code', 'answer', 'name', 'roles', 'staff_id', 'id', 'how', 'knows', 'version'],
  ...['people', 'colleagues', 'since', 'changes', 'points', 'then', 'page', 'feed', 'band', 'status', 'sort'],
)
const typed = fc.array(fc.tuple(fc.oneof({ weight: 4, arbitrary: fields }, word), word), { maxLength: 8 })

/** What no answer may hold: where we stumbled, or what a store said. */
const telling = /\n {4}at |node_modules|SQLSTATE|Code: \d+|syntax error|upstander\.[a-z_]+ |ZodError/

type Reply = { readonly statusCode: number; readonly headers: object; readonly body: string }

const assertCalm = ({ statusCode, headers, body }: Reply, about: string): void => {
  assert.ok(statusCode >= 200 && statusCode < 500, `${about}: ${statusCode}`)
  for (const name of Object.keys(securityHeaders({ https: false })))
    assert.ok(name in headers, `${about}: ${name}`)
  assert.doesNotMatch(body, telling, about)
  assert.ok(!body.includes('<script>alert(1)'), `${about}: what was typed came back as a script`)
}

/** Pages that end the visit which the others are asked with. */
const ending = ['/sign-out', '/account/sessions/:id/end', '/account/sessions/end-others']

/** `encodeURIComponent` that takes halves of letters too. */
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed())

test('DOS-03, DOS-04: no page stumbles, whatever stands in its address and its form, and none takes long', async () => {
  for (const [at, page] of allPages.filter(each => !ending.includes(each.path)).entries())
    await fc.assert(
      fc.asyncProperty(typed, word, async (pairs, part) => {
        const query = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
        const path = page.path.replaceAll(/:\w+/g, escaped(part.slice(0, 90)) || 'x')
        const visitor = whoMayOpen(page)
        const begun = performance.now()
        const seen =
          page.method === 'GET'
            ? await visitor.get(`${path}?${query}`)
            : await visitor.post(path, Object.fromEntries(pairs.map(([a, b]) => [a, b.toWellFormed()])))
        const took = performance.now() - begun
        const { status: statusCode, headers, body } = seen
        assertCalm({ statusCode, headers, body }, `${page.method} ${path} ${query}`)
        assert.ok(took < 3_000, `${page.path} took ${took.toFixed()} ms`)
      }),
      { numRuns: 3, seed: at, endOnFailure: true },
    )
})

/** Sends an address as it stands, over the wire: nothing puts it in order on the way. */
const sendRaw = (method: string, path: string, type: string, bytes: Uint8Array): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { port } = app.server.address() as { port: number }
    const withForm = ['POST', 'PUT', 'PATCH'].includes(method)
    const headers = withForm ? { 'content-type': type, 'content-length': bytes.length } : {}
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, answer => {
      let body = ''
      answer.on('data', (part: Buffer) => (body += part.toString()))
      answer.on('end', () => {
        resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, body })
      })
    })
    asked.on('error', reject)
    asked.end(withForm ? bytes : undefined)
  })

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND', 'TRACE']
const types = [
  'application/x-www-form-urlencoded',
  'application/json',
  'application/xml',
  'multipart/form-data; boundary=x',
  'text/plain; charset=utf-7',
  'application/x-www-form-urlencoded; charset=utf-16',
  ';;',
]
const pieces = [
  ...['concerns', 'accounts', 'assets', 'images', 'records', '..', '.', '%2e%2e', '%2f', '', ';a=b', '%00'],
  ...[
    '%c0%ae',
    '%',
    '%zz',
    'sign-in',
    '~',
    '*',
    '\\',
    '?',
    '#',
    '//',
    'CON',
    'a'.repeat(150),
    '%F0%9F%92%A9',
  ],
]

test('DOS-04: no method, type of form or shape of address gets anything but a calm answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...methods),
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...types),
      fc.uint8Array({ maxLength: 200 }),
      async (method, parts, type, bytes) => {
        const path = `/${parts.join('/')}`
        assertCalm(await sendRaw(method, path, type, bytes), `${method} ${path} ${type}`)
      },
    ),
    { numRuns: 400, seed: 4, endOnFailure: true },
  )
})

test('DOS-03: keys of a form that name the inside of things change nothing', async () => {
  const head = visitors.get('head_of_unit')
  for (const body of [
    '__proto__[polluted]=1&__proto__.polluted=1',
    'constructor[prototype][polluted]=1',
    `${'a['.repeat(2_000)}=1`,
    Array.from({ length: 3_000 }, (_, at) => `k${at}=1`).join('&'),
  ]) {
    const reply = await app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: body,
    })
    assertCalm(reply, body.slice(0, 40))
  }
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  assert.equal((await head?.get('/help'))?.status, 200, 'the process lives')
})
