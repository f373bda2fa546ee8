import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { getConcern } from './get-concern.ts'
import type { ReadDeps } from './list-concerns.ts'
import { recuse } from './recuse.ts'
import { keepSweep, orderSweep, readSweeps, type SweepKept } from './sweeps.ts'
import { authorise } from './test-authorisation.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'

const found: SweepKept = {
  people: 40,
  numbers: 3,
  organisations: 2,
  looksFor: ['2 contacts off duty'],
  oneTrace: 4,
  total: 1,
  listed: [
    {
      party: 'P9',
      vulnerable: true,
      metOn: '2026-05-01',
      contacts: 9,
      traces: ['4 contacts off duty'],
      beside: [],
      same: [],
      other: [],
      firstOn: '2026-05-01',
      lastOn: '2026-05-09',
    },
  ],
  fromDay: '2026-01-01',
  toDay: '2026-05-20',
  coverage: [{ feed: 'billing', held: true, missing: [] }],
  seconds: 0.2,
}

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let investigator: User
  let ref = ''
  let under = ''

  const start = (change: object = {}, user: User = investigator) =>
    orderSweep(deps, user, ref, { authorisation: under, from: '10.0.0.1', ...change })

  const logged = async () =>
    store()
      .db.selectFrom('audit_entries')
      .select(['what', 'outcome', 'why'])
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    await clearConcerns(store())
    investigator = await addTestUser(store(), 'An Investigator', ['investigator'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['billing:1'] })])
    ref = (await onlyConcern(deps, investigator)).ref
    const approver = await addTestUser(store(), 'A Head', ['head_of_unit'])
    under = await authorise(deps, { asker: investigator, approver }, ref, 'sweep')
  })

  test('a sweep may start only under an authorisation in force, and the log has it before anything is read', async () => {
    for (const authorisation of ['', 'AUTH/2026/14', 'AAAA-2222'])
      assert.equal((await start({ authorisation })).outcome, 'invalid', authorisation)
    const begun = await start()
    assert.ok(begun.outcome === 'may-run')
    assert.deepEqual(
      [begun.order.authorisation.reference, begun.order.authorisation.fromOn],
      [under, '2026-01-01'],
    )
    const [newest] = await logged()
    assert.deepEqual([newest?.what, newest?.outcome], ['sweep-run', 'allowed'])
    assert.ok(newest?.why.startsWith(`${under}: `))
  })

  test('its method is what the pair has points in, not what is known of either of the two alone', async () => {
    const begun = await start()
    assert.ok(begun.outcome === 'may-run')
    assert.ok(begun.order.families.length > 0)
    assert.ok(begun.order.families.every(family => !['F7', 'F8', 'F9'].includes(family)))
  })

  test('what it found is kept with its footing, and the history and the log say that it was run', async () => {
    const begun = await start()
    assert.ok(begun.outcome === 'may-run')
    const id = await keepSweep(deps, investigator, begun.order, '10.0.0.1', found)
    const { sweeps, standing } = await readSweeps(deps, investigator, { ref, staffId: begun.order.staffId })
    assert.deepEqual(
      sweeps.map(each => [each.id, each.by, each.authorisation.reference, each.result]),
      [[id, 'An Investigator', under, found]],
    )
    assert.equal(standing.get(begun.order.personId), ref)
    const [newest] = (await getConcern(deps, investigator, ref))?.history ?? []
    assert.equal(newest?.kind, 'swept')
    assert.match(newest.detail.says, /40 people and 3 numbers searched, 1 with traces/)
    assert.deepEqual(
      (await logged()).map(each => [each.what, each.outcome]),
      [
        ['sweep-run', 'done'],
        ['sweep-run', 'allowed'],
      ],
    )
  })

  test('an analyst may not sweep, nor may somebody who was taken off the concern', async () => {
    const analyst = await addTestUser(store(), 'An Analyst', ['analyst'])
    assert.deepEqual(await start({}, analyst), { outcome: 'missing' })
    await recuse(deps, investigator, ref, { knows: 'staff' })
    assert.deepEqual(await start(), { outcome: 'missing' })
  })
})
