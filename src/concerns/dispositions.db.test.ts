import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { getConcern } from './get-concern.ts'
import { listConcerns, type ReadDeps } from './list-concerns.ts'
import { recordDisposition, type DispositionInput } from './record-disposition.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { undoDisposition } from './undo-disposition.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let analyst: User
  let ref: string

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    clock.set('2026-05-20T09:00:00Z')
    await clearConcerns(store())
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
    ref = (await onlyConcern(deps, analyst)).ref
  })

  const decide = (input: Partial<DispositionInput>, who = analyst) =>
    recordDisposition(deps, who, ref, { kind: 'develop', reason: 'Asked the supervisor.', ...input })

  test('every disposition needs a reason, and its own field', async () => {
    const faultsOf = async (input: Partial<DispositionInput>) => {
      const outcome = await decide(input)
      return outcome.outcome === 'invalid' ? Object.keys(outcome.faults).sort() : outcome.outcome
    }
    assert.deepEqual(await faultsOf({ kind: 'maybe', reason: '' }), ['kind', 'reason'])
    assert.deepEqual(await faultsOf({ kind: 'develop', reason: '  ' }), ['reason'])
    assert.deepEqual(await faultsOf({ kind: 'no_concern' }), ['explanation'])
    assert.deepEqual(await faultsOf({ kind: 'no_concern', explanation: 'the moon' }), ['explanation'])
    for (const until of ['', '2026-02-30', '2026-05-20', '2027-05-20', '20/06/2026'])
      assert.deepEqual(await faultsOf({ kind: 'keep_watching', until }), ['until'], until)
    assert.equal((await onlyConcern(deps, analyst)).status, 'to_review')
  })

  test('a disposition takes the concern out of the queue and stays in its record with its reason', async () => {
    const outcome = await decide({ kind: 'no_concern', explanation: 'declared-before' })
    assert.deepEqual(outcome, { outcome: 'recorded', undoUntil: new Date('2026-05-20T09:10:00Z') })
    assert.equal((await listConcerns(deps, analyst)).total, 0)
    const concern = await getConcern(deps, analyst, ref)
    assert.equal(concern?.status, 'closed')
    const [disposition] = concern.dispositions
    assert.equal(disposition?.explanation, 'declared-before')
    assert.equal(disposition.reason, 'Asked the supervisor.')
    assert.equal(disposition.by, 'Ann Alyst')
    assert.match(
      concern.history[0]?.detail.says ?? '',
      /A relationship declared before: Asked the supervisor/,
    )
  })

  test('develop keeps the concern open; cannot tell closes it without clearing anybody', async () => {
    await decide({ kind: 'develop' })
    assert.equal((await onlyConcern(deps, analyst)).status, 'developing')
    await decide({ kind: 'cannot_tell' })
    assert.equal((await onlyConcern(deps, analyst)).status, 'closed')
    assert.equal((await decide({ kind: 'develop' })).outcome, 'closed-already')
  })

  test('a decision on what has changed since it was read is refused', async () => {
    const before = await getConcern(deps, analyst, ref)
    await raise(deps, [standingOf({ band: 'develop', evidence: ['a:1', 'a:2'] })])
    assert.equal((await decide({ version: before?.version })).outcome, 'changed')
    const after = await getConcern(deps, analyst, ref)
    assert.equal((await decide({ version: after?.version })).outcome, 'recorded')
  })

  test('whoever decided may take it back within ten minutes, and everything is as it was', async () => {
    const before = await onlyConcern(deps, analyst)
    await decide({ kind: 'no_concern', explanation: 'sent-there' })
    clock.set('2026-05-20T09:09:59Z')
    assert.ok((await getConcern(deps, analyst, ref))?.undoUntil)
    assert.deepEqual(await undoDisposition(deps, analyst, ref), { outcome: 'undone' })
    assert.deepEqual(await onlyConcern(deps, analyst), before)
    const concern = await getConcern(deps, analyst, ref)
    assert.deepEqual(
      concern?.history.map(row => row.kind),
      ['undone', 'decided', 'opened'],
    )
    assert.ok(concern.dispositions[0]?.undoneAt)
    assert.deepEqual(await undoDisposition(deps, analyst, ref), { outcome: 'nothing-to-undo' })
  })

  test('nobody else may take a decision back, and nobody after ten minutes', async () => {
    const other = await addTestUser(store(), 'Otto Ther', ['investigator'])
    await decide({})
    assert.deepEqual(await undoDisposition(deps, other, ref), { outcome: 'not-yours' })
    assert.equal((await getConcern(deps, other, ref))?.undoUntil, undefined)
    clock.set('2026-05-20T09:10:00Z')
    assert.deepEqual(await undoDisposition(deps, analyst, ref), { outcome: 'too-late' })
  })

  test('a decision that new evidence has overtaken cannot be taken back', async () => {
    await decide({ kind: 'no_concern', explanation: 'sent-there' })
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1', 'a:2'] })])
    assert.deepEqual(await undoDisposition(deps, analyst, ref), { outcome: 'too-late' })
  })

  test('two people who decide at once: one decision stands and the other is told', async () => {
    const concern = await getConcern(deps, analyst, ref)
    const version = concern?.version
    const outcomes = await Promise.all([decide({ version }), decide({ kind: 'cannot_tell', version })])
    assert.deepEqual(outcomes.map(each => each.outcome).sort(), ['changed', 'recorded'])
  })

  test('who may not decide gets the same answer as for a concern that does not exist', async () => {
    const auditor = await addTestUser(store(), 'Audrey Tor', ['auditor'])
    const administrator = await addTestUser(store(), 'Adam Min', ['system_administrator'])
    for (const who of [auditor, administrator]) {
      assert.deepEqual(await decide({}, who), { outcome: 'missing' })
      assert.equal(await getConcern(deps, who, ref), undefined)
      await assert.rejects(listConcerns(deps, who), { code: 'REFUSED' })
    }
    assert.equal(await getConcern(deps, analyst, 'ZZZZ-ZZZZ'), undefined)
  })

  test('each decision and each undoing is in the log', async () => {
    await decide({ from: '10.0.0.7' })
    await undoDisposition(deps, analyst, ref, '10.0.0.7')
    const rows = await store()
      .db.selectFrom('audit_entries')
      .select(['what', 'who', 'came_from', 'outcome'])
      .where('subject', '=', ref)
      .orderBy('seq')
      .execute()
    const same = { who: analyst.id, came_from: '10.0.0.7', outcome: 'done' }
    assert.deepEqual(rows, [
      { what: 'concern-decided', ...same },
      { what: 'concern-decision-undone', ...same },
    ])
  })
})
