import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import type { ReadDeps } from '../concerns/list-concerns.ts'
import { recuse } from '../concerns/recuse.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from '../concerns/test-concerns.ts'
import { standingOf } from '../concerns/test-standing.ts'
import { openTestLake } from '../detection/built-world.ts'
import { loadRecords } from '../detection/load-world.ts'
import { tunedWorld } from '../detection/tuned-world.ts'
import type { Lake } from '../lake/lake.ts'
import { endException } from './end-exception.ts'
import { listExceptions } from './exception-store.ts'
import { makeException } from './make-exception.ts'
import type { TypedException } from './read-exception-form.ts'
import { confirmInvented } from './confirm-feeds.ts'
import { readRules } from './read-rules.ts'

let lake: Lake
before(async () => {
  lake = await openTestLake()
  await loadRecords(lake, tunedWorld)
})
after(() => lake.close())

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  const deps = () =>
    ({ lake, store: store(), clock, maskKey: Buffer.alloc(32, 7) }) satisfies ReadDeps & { lake: Lake }
  let head: User
  let analyst: User
  let ref = ''

  beforeEach(async () => {
    clock.set('2026-05-20T09:00:00Z')
    await store().db.deleteFrom('exceptions').execute()
    await clearConcerns(store())
    head = await addTestUser(store(), 'Hea Dunit', ['head_of_unit'])
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    await confirmInvented(deps(), 1_000_000)
    await raise(deps(), [standingOf({ band: 'review', evidence: ['a:1'] })])
    ref = (await onlyConcern(deps(), head)).ref
  })

  const make = (changed: Partial<TypedException> = {}, who = head) =>
    makeException(
      deps(),
      who,
      {
        kind: 'pair',
        concern: ref,
        plan: '',
        place: '',
        number: '',
        reason: 'They married in 2019; HR has the form.',
        owner: analyst.id,
        from: '2026-01-01',
        until: '2026-08-20',
        ...changed,
      },
      '10.0.0.7',
    )
  const faultsOf = async (changed: Partial<TypedException>) => {
    const result = await make(changed)
    return result.outcome === 'invalid' ? Object.keys(result.faults).sort() : result.outcome
  }

  test('an exception needs what it is about, a reason, an owner and a last day within 180 days', async () => {
    assert.deepEqual(await faultsOf({ kind: 'everybody', reason: ' ', owner: '', from: '', until: '' }), [
      'from',
      'kind',
      'owner',
      'reason',
      'until',
    ])
    assert.deepEqual(await faultsOf({ until: '2026-05-20' }), ['until'])
    assert.deepEqual(await faultsOf({ until: '2026-11-17' }), ['until'])
    assert.deepEqual(await faultsOf({ until: '2026-02-30' }), ['until'])
    assert.deepEqual(await faultsOf({ from: '2026-05-21' }), ['from'])
    assert.deepEqual(await faultsOf({ concern: 'AAAA-2222' }), ['concern'])
    assert.deepEqual(await faultsOf({ kind: 'plan', plan: 'A77' }), ['plan'])
    assert.deepEqual(await faultsOf({ kind: 'address', place: '48.8, 2.3' }), ['place'])
    assert.deepEqual(await faultsOf({ kind: 'number', number: 'hers' }), ['number'])
    const auditor = await addTestUser(store(), 'Au Ditor', ['auditor'])
    assert.deepEqual(
      await faultsOf({ owner: auditor.id }),
      ['owner'],
      'somebody who may decide answers for it',
    )
    assert.deepEqual(await listExceptions(store().db), [])
  })

  test('only the head of unit makes one, and it is in the log', async () => {
    assert.equal((await make({}, analyst)).outcome, 'missing')
    const made = await make()
    assert.equal(made.outcome, 'made')
    const at = { band: 'review' as const, evidence: ['a:1'] }
    const [kept] = await listExceptions(store().db)
    assert.deepEqual(
      [kept?.covers, kept?.ownerName, kept?.fromOn, kept?.untilOn, kept?.concernRef],
      [
        { kind: 'pair', staffId: standingOf(at).staffId, personId: standingOf(at).personId },
        'Ann Alyst',
        '2026-01-01',
        '2026-08-20',
        ref,
      ],
    )
    const entry = await store()
      .db.selectFrom('audit_entries')
      .selectAll()
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    assert.deepEqual([entry?.what, entry?.subject], ['exception-made', `${made.id} ${ref}`])
  })

  test('each kind becomes what detection applies', async () => {
    await make({ kind: 'plan', plan: 'A1' })
    await make({ kind: 'address', place: '52.01, -1.1' })
    await make({ kind: 'number', number: '07700 900102' })
    const { exceptions } = await readRules(store().db)
    assert.deepEqual(
      exceptions.map(each => each.covers).sort((a, b) => a.kind.localeCompare(b.kind)),
      [
        { kind: 'address', lat: 52.01, lon: -1.1 },
        { kind: 'number', number: '+447700900102' },
        { kind: 'plan', assignmentId: 'A1' },
      ],
    )
  })

  test('a concern that somebody was taken off is not there for their exception either', async () => {
    await recuse(deps(), head, ref, { knows: 'staff' })
    assert.deepEqual(await faultsOf({}), ['concern'])
  })

  test('ended, it covers what is dated until today; withdrawn, it covers nothing', async () => {
    const made = await make()
    assert.equal(made.outcome, 'made')
    const end = (how: 'end' | 'withdraw', who = head) =>
      endException(deps(), who, made.id, { how, from: '10.0.0.7' })
    assert.equal((await end('end', analyst)).outcome, 'missing')
    assert.equal((await end('end')).outcome, 'ended')
    assert.deepEqual(
      (await readRules(store().db)).exceptions.map(each => each.untilOn),
      ['2026-05-20'],
    )
    assert.equal((await end('end')).outcome, 'missing', 'it is over')
    assert.equal((await end('withdraw')).outcome, 'ended')
    assert.deepEqual((await readRules(store().db)).exceptions, [])
    assert.equal((await end('withdraw')).outcome, 'missing')
    assert.equal((await listExceptions(store().db)).length, 1, 'the record of it stays')
  })
})
