import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { randomUUID } from 'node:crypto'
import { insertStaffLinks } from '../access/staff-link-store.ts'
import type { Role } from '../access/roles.ts'
import type { User } from '../access/user.ts'
import { onEachStore, runSql } from '../casework-store/test-stores.ts'
import { addDays, dayOf } from '../core/clock.ts'
import {
  approveBreakGlass,
  askBreakGlass,
  isReviewOverdue,
  listGlass,
  readBrokenGlass,
  reviewBreakGlass,
} from './break-glass.ts'
import type { ReadDeps } from './list-concerns.ts'
import { recuse } from './recuse.ts'
import { addTestUser, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'

onEachStore(store => {
  // The store looks at its own clock too, so these tests are about now.
  const began = new Date()
  const clock = movableClock(began.toISOString())
  const later = (minutes: number): void => {
    clock.set(new Date(began.getTime() + minutes * 60_000).toISOString())
  }
  let deps: ReadDeps
  let concern = ''
  let handler: User
  let first: User
  let second: User
  let auditor: User

  /** Somebody who is in the staff records, under a manager of their own unless told. */
  const addLinked = async (
    role: Role,
    manager: string = randomUUID(),
  ): Promise<User & { staffId: string }> => {
    const staffId = randomUUID()
    await insertStaffLinks(
      store().db,
      [{ staffId: manager, otherStaffId: staffId, personId: '', kind: 'supervises', source: 'test' }],
      began,
    )
    const user = await addTestUser(store(), `A ${role}`, [role])
    await store().db.updateTable('users').set({ staff_id: staffId }).where('id', '=', user.id).execute()
    return { ...user, staffId }
  }

  before(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    auditor = await addTestUser(store(), 'Au Ditor', ['auditor'])
    const reader = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['billing:1'] })])
    concern = (await onlyConcern(deps, reader)).ref
  })
  beforeEach(async () => {
    later(0)
    handler = await addLinked('case_handler')
    first = await addLinked('investigator')
    second = await addLinked('head_of_unit')
  })

  const ask = async (user = handler, change: object = {}) =>
    askBreakGlass(deps, user, {
      concern,
      cause: 'life_at_risk',
      reason: 'She rang 999.',
      from: '',
      ...change,
    })
  const asked = async (user = handler): Promise<string> => {
    const result = await ask(user)
    assert.ok(result.outcome === 'done', JSON.stringify(result))
    return result.ref
  }
  const approve = (ref: string, user: User, reason = 'I spoke to them.') =>
    approveBreakGlass(deps, user, ref, { reason, from: '' })
  const read = (ref: string, user = handler) => readBrokenGlass(deps, user, ref, '')
  const opened = async (): Promise<string> => {
    const ref = await asked()
    assert.equal((await approve(ref, first)).outcome, 'done')
    assert.equal((await approve(ref, second)).outcome, 'done')
    return ref
  }
  const faultOf = async (result: ReturnType<typeof approve>) => {
    const told = await result
    return told.outcome === 'invalid' ? told.fault : told.outcome
  }

  test('two approvals from other lines open one concern to the one who asked, with its names, for an hour; the log has each step', async () => {
    const ref = await asked()
    assert.equal(await read(ref), undefined)
    await approve(ref, first)
    assert.equal(await read(ref), undefined, 'one approval opens nothing')
    await approve(ref, second)
    assert.equal((await read(ref))?.ref, concern)
    assert.notEqual((await read(ref))?.staffId, '')
    assert.equal(await read(ref, first), undefined, 'not to those who approved')
    const log = store()
      .db.selectFrom('audit_entries')
      .select(['what', 'outcome'])
      .where('subject', 'like', `${ref}%`)
    assert.deepEqual(
      (await log.orderBy('seq').execute()).map(row => `${row.what} ${row.outcome}`),
      [
        'break-glass-asked done',
        'break-glass-read refused',
        'break-glass-approved done',
        'break-glass-read refused',
        'break-glass-opened done',
        'break-glass-read allowed',
        'break-glass-read allowed',
        'break-glass-read refused',
      ],
    )
  })

  test('BRK-01: the one who asks, the same person twice, one line, no known line, a late approval and another role open nothing', async () => {
    const ref = await asked(first)
    assert.match(await faultOf(approve(ref, first)), /cannot approve what you asked for/)
    assert.equal(await faultOf(approve(ref, handler)), 'missing')
    assert.equal(await faultOf(approve(ref, auditor)), 'missing')
    const unlinked = await addTestUser(store(), 'Un Linked', ['head_of_unit'])
    assert.match(await faultOf(approve(ref, unlinked)), /your line is not known/)
    const { staffId } = await addLinked('head_of_unit')
    const below = await addLinked('investigator', staffId)
    const beside = await addLinked('investigator', staffId)
    assert.equal((await approve(ref, below)).outcome, 'done')
    assert.match(await faultOf(approve(ref, below)), /Another person is needed/)
    assert.match(await faultOf(approve(ref, beside)), /line of the other person who approved/)
    assert.equal(await faultOf(approve('AAAA-2222', second)), 'missing')
    later(61)
    assert.match(await faultOf(approve(ref, second)), /more than an hour ago/)
    assert.equal(await read(ref, first), undefined)
    await assert.rejects(
      runSql(store(), `insert into break_glass_approvals values ('${ref}', '${first.id}', now(), 'x')`),
      /does not count: own/,
    )
  })

  test('BRK-01: of approvals at the same moment two count and no more', async () => {
    const ref = await asked()
    const third = await addLinked('investigator')
    const results = await Promise.allSettled([first, second, third].map(each => approve(ref, each)))
    const done = results.filter(each => each.status === 'fulfilled' && each.value.outcome === 'done')
    assert.equal(done.length, 2)
    const [glass] = await listGlass(deps, handler)
    assert.equal(glass?.approvals.length, 2)
  })

  test('BRK-02: it closes after sixty minutes, with the clock moved back, and the hour cannot be made longer', async () => {
    const ref = await opened()
    later(59)
    assert.notEqual(await read(ref), undefined)
    later(60)
    assert.equal(await read(ref), undefined)
    later(-10)
    assert.equal(await read(ref), undefined)
    for (const text of [
      `update break_glass set expires_at = expires_at + interval '1 hour' where ref = '${ref}'`,
      `update break_glass set asked_by = '${first.id}' where ref = '${ref}'`,
      'delete from break_glass_approvals',
    ])
      await assert.rejects(runSql(store(), text), /only be added to/)
  })

  test('BRK-01: who is kept from a concern neither asks for it, nor approves, nor goes on reading', async () => {
    const missing = await ask(handler, { concern: 'AAAA-2222' })
    const ref = await asked()
    await approve(ref, first)
    await recuse(deps, second, concern, { knows: 'staff' })
    assert.equal(await faultOf(approve(ref, second)), 'missing')
    await approve(ref, await addLinked('head_of_unit'))
    assert.notEqual(await read(ref), undefined)
    const { staff_id } = await store().db.selectFrom('concerns').select('staff_id').executeTakeFirstOrThrow()
    await store()
      .db.insertInto('exclusions')
      .values({
        user_id: handler.id,
        staff_id,
        kind: 'recusal',
        source: 'test',
        by_user: handler.id,
        since: began,
      })
      .execute()
    assert.equal(await read(ref), undefined)
    assert.deepEqual(await ask(), missing, 'the same answer as for a concern that is not there')
    assert.deepEqual(await listGlass(deps, handler), [])
  })

  test('it is reviewed within five working days by an auditor; until an overdue one is reviewed, nothing more opens to that person', async () => {
    const ref = await opened()
    const glass = (await listGlass(deps, auditor)).find(each => each.ref === ref)
    assert.ok(glass !== undefined && !isReviewOverdue(glass, clock.now()))
    clock.set(`${addDays(dayOf(began), 14)}T12:00:00Z`)
    assert.ok(isReviewOverdue(glass, clock.now()))
    const again = await ask()
    assert.match(again.outcome === 'invalid' ? again.fault : '', /not reviewed in time/)
    const review = (user: User, change: object = {}) =>
      reviewBreakGlass(deps, user, ref, {
        justified: 'yes',
        reason: 'The call is on the log.',
        from: '',
        ...change,
      })
    assert.equal((await review(first)).outcome, 'missing')
    assert.equal((await review(auditor, { justified: '' })).outcome, 'invalid')
    assert.equal((await review(auditor)).outcome, 'done')
    assert.equal((await review(auditor)).outcome, 'missing', 'once')
    assert.equal((await ask()).outcome, 'done')
  })
})
