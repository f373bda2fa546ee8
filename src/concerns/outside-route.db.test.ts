import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { addCast, type Cast, type CastName } from '../access/test-cast.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { getConcern } from './get-concern.ts'
import { listToPassOn } from './outside-route.ts'
import { addCaseFiles } from './test-case-file.ts'
import { movableClock } from './test-concerns.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let cast: Cast
  let refs: { readonly theirs: string; readonly other: string }

  before(async () => {
    cast = await addCast(store())
    refs = await addCaseFiles(store(), cast)
  })

  const as = (name: CastName) => ({
    store: { db: store().actFor({ role: 'upstander_staff', token: cast[name].token }) },
    clock,
    maskKey: Buffer.alloc(32, 7),
  })
  const told = (name: CastName) => listToPassOn(as(name), cast[name])
  const disabled = (names: readonly CastName[], at: Date | null) =>
    store()
      .db.updateTable('users')
      .set({ disabled_at: at })
      .where(
        'id',
        'in',
        names.map(name => cast[name].id),
      )
      .execute()

  test('COI-07: while somebody may read a concern nobody is told to pass it on', async () => {
    assert.deepEqual([await told('auditor'), await told('data_protection')], [[], []])
  })

  test('COI-07: once everybody who reads concerns is kept from one, those who oversee the unit have its reference, and nobody else anything', async () => {
    await disabled(['analyst', 'investigator', 'head'], clock.now())
    assert.deepEqual(await told('auditor'), [refs.theirs])
    assert.deepEqual(await told('data_protection'), [refs.theirs])
    assert.equal(await getConcern(as('auditor'), cast.auditor, refs.theirs), undefined)
    for (const name of ['subject', 'chief', 'supervisor', 'partner', 'handler', 'administrator'] as const)
      assert.deepEqual(await told(name), [], name)
  })

  test('COI-07: an auditor who is close to the subject is told nothing either', async () => {
    await store()
      .db.updateTable('users')
      .set({ staff_id: 'COLLEAGUE' })
      .where('id', '=', cast.auditor.id)
      .execute()
    assert.deepEqual(await told('auditor'), [])
    assert.deepEqual(await told('data_protection'), [refs.theirs])
    await disabled(['investigator'], null)
    assert.deepEqual(await told('data_protection'), [])
  })
})
