import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openStaffApp, oneStanding, type StaffApp } from '../../tests/support/staff-app.ts'
import { onePair } from '../../tests/support/one-pair.ts'
import { visit, type Seen, type Visitor } from '../../tests/support/visitor.ts'
import type { Role } from '../access/roles.ts'
import { can, type User } from '../access/user.ts'
import { buildApp } from './app.ts'
import { allPages } from './page-list.ts'

const absent = 'AAAA-2222'
let staff: StaffApp
let app: FastifyInstance
let ref = ''

before(async () => {
  staff = await openStaffApp([
    oneStanding,
    {
      ...oneStanding,
      staffId: 'PC9',
      personId: 'PERSON-9',
      account: 'Nothing of theirs.',
      fingerprint: 'two',
    },
  ])
  app = await buildApp(staff.deps)
  const { db } = staff.deps.store
  const row = await db
    .selectFrom('concerns')
    .select('ref')
    .where('staff_id', '=', onePair.staffId)
    .executeTakeFirstOrThrow()
  ref = row.ref
  await db
    .insertInto('staff_links')
    .values({
      staff_id: 'SGT1',
      other_staff_id: onePair.staffId,
      person_id: '',
      kind: 'supervises',
      source: 'staff:1',
      first_seen_at: new Date(),
    })
    .execute()
  // The analyst is who it is about; the head of unit is their line manager; the investigator is nobody to them.
  const link = (role: Role, staffId: string) =>
    db.updateTable('users').set({ staff_id: staffId }).where('email', '=', staff.people[role].email).execute()
  await link('analyst', onePair.staffId)
  await link('head_of_unit', 'SGT1')
})

after(async () => {
  await app.close()
  await staff.close()
})

/** All that a browser is told, without what is drawn anew for every request. */
const told = ({ status, location, body, headers }: Seen) => {
  const moving = ['date', 'set-cookie', 'x-request-id', 'content-length']
  const kept = Object.entries(headers).filter(([name]) => !moving.includes(name))
  const random = /value=\\?"[\w.-]{20,}\\?"|nonce-[\w+/=-]+|\b[\dA-F]{4}-[\dA-F]{4}-[\dA-F]{4}\b/g
  return JSON.stringify({ status, location, body, kept }).replaceAll(random, '').replaceAll(ref, absent)
}

const asked = allPages.filter(page => page.path.includes(':ref'))

for (const role of ['analyst', 'head_of_unit'] as const) {
  test(`COI-01 AUT-02: for the ${role === 'analyst' ? 'subject' : 'subject’s manager'} every page of the concern answers as if it were not there, to the byte`, async () => {
    const person = await visit(app).signIn(staff.people[role])
    const user: User = { id: '', name: '', email: '', roles: [role] }
    assert.ok(asked.length >= 15)
    for (const page of asked) {
      const at = (to: string): string => page.path.replace(':ref', to).replaceAll(/:\w+/g, 'none')
      const open = (to: string): Promise<Seen> =>
        page.method === 'GET' ? person.get(at(to)) : person.post(at(to), { reason: 'x', kind: 'develop' })
      const [theirs, nobodys] = [await open(ref), await open(absent)]
      assert.equal(told(theirs), told(nobodys), `${page.method} ${page.path}`)
      if (page.permission !== 'signed-in' && page.permission !== 'anyone' && can(user, page.permission))
        assert.notEqual(theirs.status, 200, page.path)
    }
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE'] as const) {
      const answers = await Promise.all(
        [ref, absent].map(to =>
          app.inject({ method, url: `/concerns/${to}`, headers: { range: 'bytes=0-10' } }),
        ),
      )
      assert.deepEqual([answers[0]?.statusCode, answers[0]?.body], [answers[1]?.statusCode, answers[1]?.body])
    }
  })

  test(`COI-02: nothing the ${role === 'analyst' ? 'subject' : 'subject’s manager'} lists, searches, counts or exports has a trace of it`, async () => {
    const person = await visit(app).signIn(staff.people[role])
    const addresses = [
      '/',
      '/concerns?status=all',
      ...['all', 'to_review'].map(status => `/concerns?status=${status}&text=${ref}`),
      `/concerns?status=all&text=${onePair.staffId}`,
      '/concerns?status=all&text=PERSON-77',
      '/concerns?status=all&text=home',
      '/concerns?status=all&sort=since&page=2',
      '/exceptions',
      '/authorisations',
    ]
    for (const address of addresses) {
      const { body } = await person.get(address)
      const secrets = [ref, onePair.staffId, onePair.personId, '900001', 'between 3 and 19 May']
      // What somebody typed stands in the search box that they typed it into.
      for (const secret of secrets.filter(each => !address.includes(each)))
        assert.ok(!body.includes(secret), `${address}: ${secret}`)
      assert.doesNotMatch(body, /2 concerns|\b2\b[^<]*waits? for a decision/, address)
    }
    const counted = async (who: Visitor) => (await who.get('/concerns?status=all')).$('main').text()
    assert.match(await counted(person), /1 concern\b/)
    assert.match(await counted(await visit(app).signIn(staff.people.investigator)), /2 concerns/)
  })
}

test('somebody who is close to neither is told of the concern: what is compared above can differ', async () => {
  const person = await visit(app).signIn(staff.people.investigator)
  assert.notEqual(told(await person.get(`/concerns/${ref}`)), told(await person.get(`/concerns/${absent}`)))
})

test('COI-08: opening or searching for oneself leaves the same entries in the log as for anything that is not there', async () => {
  const person = await visit(app).signIn(staff.people.analyst)
  const entries = () =>
    staff.deps.store.db
      .selectFrom('audit_entries')
      .select(['what', 'outcome', 'subject'])
      .orderBy('seq')
      .execute()
  const after = async (work: () => Promise<unknown>) => {
    const before = (await entries()).length
    await work()
    return (await entries()).slice(before).map(({ what, outcome }) => `${what} ${outcome}`)
  }
  assert.deepEqual(
    await after(() => person.get(`/concerns/${ref}`)),
    await after(() => person.get(`/concerns/${absent}`)),
  )
})

test('COI-01: the time of an answer does not tell a concern that is kept from somebody from one that is not there', async () => {
  const person = await visit(app).signIn(staff.people.analyst)
  const timed = async (to: string): Promise<number> => {
    const from = performance.now()
    await person.get(`/concerns/${to}`)
    return performance.now() - from
  }
  const theirs: number[] = []
  const nobodys: number[] = []
  for (let turn = 0; turn < 40; turn++) {
    // In turn and in either order, so that what else the machine does falls on both.
    if (turn % 2 === 0) theirs.push(await timed(ref))
    nobodys.push(await timed(absent))
    if (turn % 2 === 1) theirs.push(await timed(ref))
  }
  const slower = theirs.reduce((sum, one) => sum + nobodys.filter(other => other < one).length, 0)
  const share = slower / (theirs.length * nobodys.length)
  assert.ok(share > 0.35 && share < 0.65, `told apart in ${Math.round(share * 100)} of 100 pairs`)
})
