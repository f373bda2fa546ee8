import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { getConcern } from './get-concern.ts'
import type { ReadDeps } from './list-concerns.ts'
import { recuse } from './recuse.ts'
import { keepSweep, orderSweep, readSweeps, type SweepKept } from './sweeps.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'

const footing = {
  reference: 'AUTH/2026/14',
  basis: 'conduct',
  necessity: 'Two colleagues named others.',
  proportionality: 'Masked, and read by one investigator.',
  from: '10.0.0.1',
}

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
  })

  test('a sweep may start only on a recorded footing, and the log has it before anything is read', async () => {
    const faulty = await orderSweep(deps, investigator, ref, {
      ...footing,
      reference: ' ',
      basis: 'toString',
      necessity: '',
      proportionality: '',
    })
    assert.ok(faulty.outcome === 'invalid')
    assert.deepEqual(Object.keys(faulty.faults), ['reference', 'basis', 'necessity', 'proportionality'])
    const start = await orderSweep(deps, investigator, ref, footing)
    assert.equal(start.outcome, 'may-run')
    const [newest] = await logged()
    assert.deepEqual([newest?.what, newest?.outcome], ['sweep-run', 'allowed'])
    assert.match(newest?.why ?? '', /^AUTH\/2026\/14: /)
  })

  test('its method is what the pair has points in, not what is known of either of the two alone', async () => {
    const start = await orderSweep(deps, investigator, ref, footing)
    assert.ok(start.outcome === 'may-run')
    assert.ok(start.order.families.length > 0)
    assert.ok(start.order.families.every(family => !['F7', 'F8', 'F9'].includes(family)))
  })

  test('what it found is kept with its footing, and the history and the log say that it was run', async () => {
    const start = await orderSweep(deps, investigator, ref, footing)
    assert.ok(start.outcome === 'may-run')
    const id = await keepSweep(deps, investigator, start.order, footing, found)
    const { sweeps, standing } = await readSweeps(deps, investigator, { ref, staffId: start.order.staffId })
    assert.deepEqual(
      sweeps.map(each => [each.id, each.by, each.authorisation.reference, each.result]),
      [[id, 'An Investigator', 'AUTH/2026/14', found]],
    )
    assert.equal(standing.get(start.order.personId), ref)
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
    assert.deepEqual(await orderSweep(deps, analyst, ref, footing), { outcome: 'missing' })
    await recuse(deps, investigator, ref, { knows: 'staff' })
    assert.deepEqual(await orderSweep(deps, investigator, ref, footing), { outcome: 'missing' })
  })
})
