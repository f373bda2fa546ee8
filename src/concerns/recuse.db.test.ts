import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { getConcern } from './get-concern.ts'
import { listConcerns, type ReadDeps } from './list-concerns.ts'
import { recordDisposition } from './record-disposition.ts'
import { recuse } from './recuse.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { grantUnmask, requestUnmask } from './unmask.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let head: User
  let analyst: User
  let ref = ''

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    await clearConcerns(store())
    head = await addTestUser(store(), 'A Head', ['head_of_unit'])
    analyst = await addTestUser(store(), 'An Analyst', ['analyst'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['billing:1'] })])
    ref = (await onlyConcern(deps, analyst)).ref
  })

  test('for a person who knows one of them a concern is not there, by address, in the queue, by search or by count', async () => {
    assert.deepEqual(await recuse(deps, head, ref, { knows: 'staff' }), { outcome: 'taken-off' })
    assert.equal(await getConcern(deps, head, ref), undefined)
    const { total, counts } = await listConcerns(deps, head, { status: 'all' })
    assert.deepEqual([total, counts], [0, []])
    assert.equal((await listConcerns(deps, head, { status: 'all', text: ref })).total, 0)
  })

  test('nor is anything else about that member of staff there, or about that member of the public where it is them they know', async () => {
    const other = (about: { staffId: string; personId: string }) =>
      standingOf({ band: 'review', evidence: [`billing:${about.staffId}${about.personId}`], ...about })
    await raise(deps, [
      standingOf({ band: 'review', evidence: ['billing:1'] }),
      other({ staffId: 'S1', personId: 'P2' }),
      other({ staffId: 'S2', personId: 'P1' }),
      other({ staffId: 'S2', personId: 'P2' }),
    ])
    const seenBy = async (user: User) =>
      (await listConcerns(deps, user, { status: 'all' })).concerns
        .map(({ pair }) => pair.staffId + pair.personId)
        .toSorted()
    await recuse(deps, head, ref, { knows: 'staff' })
    assert.deepEqual(await seenBy(head), ['S2P1', 'S2P2'])
    await recuse(deps, analyst, ref, { knows: 'both' })
    assert.deepEqual(await seenBy(analyst), ['S2P2'])
  })

  test('nor can they decide it, unmask it, let another know, or be taken off twice', async () => {
    await requestUnmask(deps, analyst, ref, { reason: 'To compare.' })
    const [request] = (await getConcern(deps, head, ref))?.asking ?? []
    assert.ok(request)
    await recuse(deps, head, ref, { knows: 'both' })
    const missing = { outcome: 'missing' }
    assert.deepEqual(await recordDisposition(deps, head, ref, { kind: 'develop', reason: 'x' }), missing)
    assert.deepEqual(await requestUnmask(deps, head, ref, { reason: 'x' }), missing)
    assert.deepEqual(await grantUnmask(deps, head, request.id), missing)
    assert.deepEqual(await recuse(deps, head, ref, { knows: 'both' }), missing)
  })

  test('others still have it, and read in its history who was taken off', async () => {
    await recuse(deps, head, ref, { knows: 'person' })
    const [newest] = (await getConcern(deps, analyst, ref))?.history ?? []
    assert.deepEqual(
      [newest?.kind, newest?.by, newest?.detail.says],
      ['recused', 'A Head', 'Knows the member of the public.'],
    )
    const logged = await store()
      .db.selectFrom('audit_entries')
      .select('what')
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    assert.equal(logged?.what, 'concern-recused')
  })

  test('nobody is taken off without saying whom they know', async () => {
    assert.equal((await recuse(deps, analyst, ref, { knows: 'toString' })).outcome, 'invalid')
    assert.ok(await getConcern(deps, analyst, ref))
  })
})
