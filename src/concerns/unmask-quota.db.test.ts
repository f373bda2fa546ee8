import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { readWatching } from '../watching/read-watching.ts'
import { addTestUser, clearConcerns, movableClock, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { grantUnmask, requestUnmask } from './unmask.ts'
import { readUnmaskQuota } from './unmask-quota.ts'
import { openRequests } from './unmask-store.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  const deps = () => ({ store: store(), clock, maskKey: Buffer.alloc(32, 7) })
  const { concerns: most, days } = readUnmaskQuota()
  let analyst: User
  let head: User
  let refs: readonly string[]

  before(async () => {
    await clearConcerns(store())
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    head = await addTestUser(store(), 'Hea Dunit', ['head_of_unit'])
    const standings = Array.from({ length: most + 2 }, (_, at) =>
      standingOf({ staffId: `S${at}`, band: 'review', evidence: [`billing:${at}`] }),
    )
    await raise(deps(), standings)
    const rows = await store().db.selectFrom('concerns').select('ref').execute()
    refs = rows.map(row => row.ref)
  })

  const ask = (ref = '') => requestUnmask(deps(), analyst, ref, { reason: 'To ask the line.' })
  const agree = async (ref = '') => {
    const [request] = await openRequests(store().db, ref)
    return await grantUnmask(deps(), head, request?.id ?? '')
  }

  test('an analyst is shown as many concerns as the quota says, and the next is refused with what to do, to them and to whoever agrees', async () => {
    for (const ref of refs.slice(0, most - 1)) {
      assert.equal((await ask(ref)).outcome, 'asked')
      assert.equal((await agree(ref)).outcome, 'shown')
    }
    // Two wait at once, and one of them is one too many.
    for (const ref of refs.slice(most - 1, most + 1)) assert.equal((await ask(ref)).outcome, 'asked')
    assert.equal((await agree(refs[most - 1])).outcome, 'shown')
    const late = await agree(refs[most])
    assert.ok(late.outcome === 'invalid')
    assert.match(late.fault, /Ask a colleague of theirs/)
    const refused = await ask(refs[most + 1])
    assert.ok(refused.outcome === 'invalid')
    assert.match(refused.fault, /Ask a colleague to take this one on, or decide it masked/)
    assert.deepEqual(await openRequests(store().db, refs[most + 1] ?? ''), [])
  })

  test('a concern they were shown in those days can be shown to them again', async () => {
    clock.set('2026-05-21T09:00:00Z')
    assert.equal((await ask(refs[0])).outcome, 'asked')
    assert.equal((await agree(refs[0])).outcome, 'shown')
  })

  test('both refusals stand on the page that watches the unit', async () => {
    const { beyondQuota } = await readWatching(deps(), '')
    assert.deepEqual(
      beyondQuota.map(({ who, times }) => [who === analyst.id ? 'analyst' : 'head', times]).toSorted(),
      [
        ['analyst', 1],
        ['head', 1],
      ],
    )
  })

  test('once those days are over there is room again', async () => {
    clock.set(new Date(Date.parse('2026-05-21T10:00:00Z') + days * 86_400_000).toISOString())
    assert.equal((await ask(refs[most + 1])).outcome, 'asked')
    assert.equal((await agree(refs[most + 1])).outcome, 'shown')
  })
})
