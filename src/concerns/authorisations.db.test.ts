import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { actOnAuthorisation, type AuthorisationAct } from './answer-authorisation.ts'
import { askAuthorisation } from './ask-authorisation.ts'
import { lapseWarning, stateOf } from './authorisation.ts'
import { selectAuthorisations } from './authorisation-store.ts'
import type { ReadDeps } from './list-concerns.ts'
import { recuse } from './recuse.ts'
import { authorise, someAuthorisation } from './test-authorisation.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { useAuthorisation } from './use-authorisation.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let asker: User
  let approver: User
  let concernRef = ''

  beforeEach(async () => {
    clock.set('2026-05-20T09:00:00Z')
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    await clearConcerns(store())
    asker = await addTestUser(store(), 'An Investigator', ['investigator'])
    approver = await addTestUser(store(), 'A Head', ['head_of_unit'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['billing:1'] })])
    concernRef = (await onlyConcern(deps, asker)).ref
  })

  const ask = (user: User, change: object = {}) =>
    askAuthorisation(deps, user, concernRef, { ...someAuthorisation, kind: 'sweep', ...change, from: '' }, [])
  const act = (user: User, ref: string, what: AuthorisationAct, reason = 'Because.') =>
    actOnAuthorisation(deps, user, ref, { act: what, reason, from: '' })
  const stateNow = async (ref: string) => {
    const [one] = await selectAuthorisations(store().db, asker.id, { ref })
    return one === undefined ? 'none' : stateOf(one, clock.now())
  }
  const use = async (change: object = {}) =>
    (await useAuthorisation(deps, asker, { kind: 'sweep', concernRef, ...change }, '')).outcome
  const logged = async () =>
    (
      await store()
        .db.selectFrom('audit_entries')
        .select(['what', 'outcome'])
        .orderBy('seq', 'desc')
        .limit(1)
        .execute()
    ).map(row => `${row.what} ${row.outcome}`)

  test('an authorisation says what for, which records, how long, on what basis, and why', async () => {
    const empty = { kind: 'toString', fromOn: '2026-02-30', toOn: '', days: '0' }
    const faulty = await ask(asker, { ...empty, basis: '', necessity: ' ', proportionality: '' })
    assert.ok(faulty.outcome === 'invalid')
    assert.deepEqual(Object.keys(faulty.faults).toSorted(), [
      'basis',
      'days',
      'fromOn',
      'kind',
      'necessity',
      'proportionality',
      'toOn',
    ])
    assert.equal((await ask(asker, { days: '29' })).outcome, 'invalid', 'a sweep lasts 28 days at most')
  })

  test('asked for, it authorises nothing; the one who asked cannot grant it, nor can anybody without the permission', async () => {
    const asked = await ask(approver)
    assert.ok(asked.outcome === 'asked')
    assert.equal(await use(), 'not-covered')
    assert.equal(await logged().then(String), 'authorisation-used refused')
    assert.deepEqual(await act(approver, asked.ref, 'grant'), { outcome: 'missing' })
    assert.deepEqual(await act(asker, asked.ref, 'grant'), { outcome: 'missing' })
    await assert.rejects(
      runSql(
        store(),
        `update authorisations set answered_by = asked_by, answered_at = now(), granted = false, answer = 'x'`,
      ),
      /authorisations_by_two_people/,
    )
    const second = await addTestUser(store(), 'Another Head', ['head_of_unit'])
    assert.equal((await act(second, asked.ref, 'grant', ' ')).outcome, 'invalid')
    assert.equal((await act(second, asked.ref, 'grant')).outcome, 'done')
    assert.deepEqual(await act(second, asked.ref, 'refuse'), { outcome: 'missing' }, 'one answer counts')
    assert.equal(await use(), 'covered')
    assert.equal(await logged().then(String), 'authorisation-used allowed')
  })

  test('outside its kind, its days, its concern and its colleagues it covers nothing', async () => {
    const ref = await authorise(deps, { asker, approver }, concernRef, 'message_content', {
      fromOn: '2026-05-01',
      toOn: '2026-05-10',
    })
    const words = { kind: 'message_content', ref }
    assert.equal(await use({ ...words, fromOn: '2026-05-01', toOn: '2026-05-10' }), 'covered')
    assert.equal(await use({ ...words, fromOn: '2026-04-30', toOn: '2026-04-30' }), 'not-covered')
    assert.equal(await use({ ...words, fromOn: '2026-05-11', toOn: '2026-05-11' }), 'not-covered')
    assert.equal(await use({ kind: 'system_audit' }), 'not-covered')
    assert.equal(await use({ ...words, concernRef: 'AAAA-2222' }), 'not-covered')
    const watch = { kind: 'colleague_watch' } as const
    await authorise(deps, { asker, approver }, concernRef, watch.kind, { colleagues: ['S8'] })
    assert.equal(await use({ ...watch, colleagues: ['S8'] }), 'covered')
    assert.equal(await use({ ...watch, colleagues: ['S8', 'S9'] }), 'not-covered')
  })

  test('it warns before it lapses, and lapses by itself; a review that is overdue takes its force away', async () => {
    const ref = await authorise(deps, { asker, approver }, concernRef, 'sweep')
    const warned = async () => {
      const [one] = await selectAuthorisations(store().db, asker.id, { ref })
      return one === undefined ? undefined : lapseWarning(one, clock.now())?.what
    }
    assert.equal(await warned(), undefined)
    clock.set('2026-05-30T09:00:00Z')
    assert.equal(await warned(), 'review')
    clock.set('2026-06-04T09:00:00Z')
    assert.deepEqual([await stateNow(ref), await use()], ['review_overdue', 'not-covered'])
    assert.deepEqual(await act(asker, ref, 'review'), { outcome: 'missing' }, 'not by the one who asked')
    assert.equal((await act(approver, ref, 'review')).outcome, 'done')
    assert.equal(await use(), 'covered')
    clock.set('2026-06-12T09:00:00Z')
    assert.equal(await warned(), 'expiry')
    clock.set('2026-06-17T09:00:00Z')
    assert.deepEqual([await stateNow(ref), await use()], ['lapsed', 'not-covered'])
    assert.deepEqual(await act(approver, ref, 'review'), { outcome: 'missing' }, 'it cannot be revived')
  })

  test('with the clock moved back to before it was granted it covers nothing', async () => {
    await authorise(deps, { asker, approver }, concernRef, 'sweep')
    clock.set('2026-05-20T08:59:00Z')
    assert.equal(await use(), 'not-covered')
  })

  test('the one who asked may end it, with a reason, and it stays in the register', async () => {
    const ref = await authorise(deps, { asker, approver }, concernRef, 'sweep')
    assert.equal((await act(asker, ref, 'end', '')).outcome, 'invalid')
    assert.equal((await act(asker, ref, 'end')).outcome, 'done')
    assert.deepEqual([await stateNow(ref), await use()], ['ended', 'not-covered'])
  })

  test('who was taken off the concern neither sees it nor may use, answer or end it', async () => {
    const ref = await authorise(deps, { asker, approver }, concernRef, 'sweep')
    await recuse(deps, approver, concernRef, { knows: 'staff' })
    assert.deepEqual(await selectAuthorisations(store().db, approver.id, {}), [])
    assert.deepEqual(await act(approver, ref, 'end'), { outcome: 'missing' })
    assert.deepEqual(await ask(approver), { outcome: 'missing' })
  })

  test('an analyst may ask for the content of messages, and for nothing they could not use', async () => {
    const analyst = await addTestUser(store(), 'An Analyst', ['analyst'])
    assert.equal((await ask(analyst, { kind: 'message_content' })).outcome, 'asked')
    const other = await ask(analyst, { kind: 'system_audit' })
    assert.deepEqual(other.outcome === 'invalid' ? Object.keys(other.faults) : [], ['kind'])
  })
})
