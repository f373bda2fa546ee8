import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { appendEvent } from '../audit/audit-log.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { addTestUser, movableClock } from '../concerns/test-concerns.ts'
import { insertStaffLinks } from '../access/staff-link-store.ts'
import { drawLastMonth, judgeSampled, monthBefore } from './dip-sample.ts'
import { noteOwnSearch } from './note-own-search.ts'
import { readWatching } from './read-watching.ts'

test('the month before is that of the UK clock, in summer and over the turn of the year', () => {
  const { month, from, to } = monthBefore(new Date('2026-06-30T23:30:00Z'))
  assert.deepEqual(
    [month, from.toISOString(), to.toISOString()],
    ['2026-06', '2026-05-31T23:00:00.000Z', '2026-06-30T23:00:00.000Z'],
  )
  assert.equal(monthBefore(new Date('2027-01-01T12:00:00Z')).month, '2026-12')
})

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  const deps = () => ({ store: store(), clock })
  let analyst: User
  let auditor: User

  beforeEach(async () => {
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    auditor = await addTestUser(store(), 'Au Ditor', ['auditor'])
  })

  const read = async (
    at: string,
    what: AuditEvent = 'concern-read',
    subject = 'AAAA-2222',
    who = analyst,
  ) => {
    clock.set(at)
    await appendEvent(deps(), {
      who: who.id,
      what,
      subject,
      why: 'Review',
      from: '10.0.0.1',
      outcome: 'allowed',
    })
  }
  const watched = async (at: string) => {
    clock.set(at)
    const { inARow, outOfHours, firstEver, ownSearches } = await readWatching(deps(), '')
    const own = <Row extends { readonly who: string }>(rows: readonly Row[]): Row[] =>
      rows.filter(row => row.who === analyst.id)
    return {
      inARow: own(inARow),
      outOfHours: own(outOfHours),
      firstEver: own(firstEver),
      ownSearches: own(ownSearches),
    }
  }

  test('ten different concerns one after the other are noticed; nine are not, nor ten with time to read each', async () => {
    for (let at = 0; at < 9; at++) await read(`2026-05-20T09:0${at}:00Z`, 'concern-read', `AAAA-222${at}`)
    for (let at = 10; at < 30; at += 2) await read(`2026-05-20T10:${at}:00Z`, 'concern-read', `BBBB-22${at}`)
    assert.deepEqual((await watched('2026-05-21T09:00:00Z')).inARow, [])
    for (let at = 0; at < 10; at++) await read(`2026-05-21T10:0${at}:00Z`, 'concern-read', `CCCC-222${at}`)
    const [run, ...more] = (await watched('2026-05-22T09:00:00Z')).inARow
    assert.deepEqual([run?.concerns, more.length], [10, 0])
  })

  test('reading before seven, after seven, at a weekend and on a bank holiday is noticed, by the UK clock', async () => {
    await read('2026-05-20T06:30:00Z') // half past seven in summer
    await read('2026-05-20T17:59:00Z')
    assert.deepEqual((await watched('2026-05-26T09:00:00Z')).outOfHours, [])
    for (const at of [
      '2026-05-20T18:00:00Z',
      '2026-05-21T05:59:00Z',
      '2026-05-23T10:00:00Z',
      '2026-05-25T10:00:00Z',
    ])
      await read(at)
    assert.deepEqual(
      (await watched('2026-05-26T09:00:00Z')).outOfHours.map(each => each.day),
      ['2026-05-25', '2026-05-23', '2026-05-21', '2026-05-20'],
    )
  })

  test('a kind of page is noticed the first time that somebody opens it, once they have been here four weeks', async () => {
    await read('2026-03-02T09:00:00Z')
    await read('2026-03-20T09:00:00Z', 'look-ups-read')
    await read('2026-05-18T09:00:00Z', 'words-opened')
    await read('2026-05-19T09:00:00Z', 'words-opened')
    assert.deepEqual(
      (await watched('2026-05-20T09:00:00Z')).firstEver.map(each => [each.what, each.at.toISOString()]),
      [['words-opened', '2026-05-18T09:00:00.000Z']],
    )
  })

  test('COI-02: who searches for themselves or somebody close is noticed; another search is not', async () => {
    clock.set('2026-05-20T09:00:00Z')
    await insertStaffLinks(
      store().db,
      [{ staffId: analyst.id, otherStaffId: '', personId: 'PERSON-9', kind: 'partner', source: 'test' }],
      clock.now(),
    )
    await store().db.updateTable('users').set({ staff_id: analyst.id }).where('id', '=', analyst.id).execute()
    const search = (text: string) => noteOwnSearch(deps(), analyst, text, '10.0.0.1')
    for (const text of ['', 'alyst', 'staff 7F3A9', 'PERSON-90']) await search(text)
    assert.deepEqual((await watched('2026-05-20T10:00:00Z')).ownSearches, [])
    for (const text of ['ann  ALYST', `staff ${analyst.id}`, 'person-9']) await search(text)
    assert.equal((await watched('2026-05-20T10:00:00Z')).ownSearches[0]?.times, 3)
  })

  test('last month is drawn from once, at random, so that anybody can draw it again from its seed', async () => {
    for (let at = 10; at < 40; at++)
      await read(`2025-11-${String(at - 9).padStart(2, '0')}T11:00:00Z`, 'concern-read', `DDDD-22${at}`)
    clock.set('2025-12-01T09:00:00Z')
    await drawLastMonth(deps())
    await drawLastMonth(deps())
    const { months, sampled } = await readWatching(deps(), '2025-11')
    const drawn = months.find(each => each.month === '2025-11')
    assert.deepEqual([drawn?.population, sampled.length], [30, 20])
    const all = await store()
      .db.selectFrom('audit_entries')
      .select('seq')
      .where('at', '>=', new Date('2025-11-01T00:00:00Z'))
      .where('at', '<', new Date('2025-12-01T00:00:00Z'))
      .execute()
    const hash = (seq: number) =>
      createHash('sha256')
        .update(`${drawn?.seed ?? ''}:${seq}`)
        .digest('hex')
    const again = all.map(row => row.seq).toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))
    assert.deepEqual(
      sampled.map(each => each.seq),
      again.slice(0, 20).toSorted((a, b) => a - b),
    )
  })

  test('each entry drawn gets an outcome, by another than the one it is about, and nothing of it can be taken back', async () => {
    clock.set('2025-12-02T09:00:00Z')
    const { sampled } = await readWatching(deps(), '2025-11')
    const { seq = 0, who = '' } = sampled[0] ?? {}
    const judge = (input: object = {}, by = auditor, of = seq) =>
      judgeSampled(deps(), by, of, { outcome: 'shown', note: 'Decided minutes later.', from: '', ...input })
    assert.equal((await judge({ outcome: 'toString' })).outcome, 'invalid')
    assert.equal((await judge({ note: ' ' })).outcome, 'invalid')
    assert.deepEqual(await judge({}, { ...auditor, id: who }), { outcome: 'missing' }, 'not their own')
    assert.deepEqual(await judge({}, analyst), { outcome: 'missing' })
    assert.deepEqual(await judge({}, auditor, 999_999), { outcome: 'missing' }, 'not drawn')
    assert.equal((await judge()).outcome, 'judged')
    assert.equal((await judge({ outcome: 'taken_further' })).outcome, 'judged')
    const now = (await readWatching(deps(), '2025-11')).sampled.find(each => each.seq === seq)
    assert.deepEqual([now?.judged?.outcome, now?.judged?.by], ['taken_further', 'Au Ditor'])
    for (const text of [
      'delete from dip_outcomes',
      'delete from dip_sample_entries',
      `update dip_samples set seed = 'x'`,
    ])
      await assert.rejects(runSql(store(), text), /only be added to/)
  })
})
