import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import type { ReadDeps } from './list-concerns.ts'
import type { UnknownIds } from './notice-form.ts'
import { endNotice, enterNotice, readNotices, type TipOff } from './notices.ts'
import { authorise } from './test-authorisation.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { keepTipOffs, openWatches } from './tip-offs.ts'

const typed = {
  kind: 'served',
  day: '2026-05-10',
  time: '14:30',
  people: ['P7'],
  colleagues: [],
  authorisation: '',
  reason: 'Two witnesses are colleagues.',
  from: '10.0.0.1',
}
const known: UnknownIds = { staff: [], people: [] }

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let investigator: User
  let ref = ''
  let pair = { staffId: '', personId: '' }

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    await clearConcerns(store())
    investigator = await addTestUser(store(), 'An Investigator', ['investigator'])
    await raise(deps, [standingOf({ band: 'review', evidence: ['billing:1'] })])
    const concern = await onlyConcern(deps, investigator)
    ref = concern.ref
    pair = concern.pair
  })

  const faultsOf = async (change: object, unknown = known) => {
    const result = await enterNotice(deps, investigator, ref, { ...typed, ...change }, unknown)
    return result.outcome === 'invalid' ? result.faults : {}
  }

  test('a notice is watched from its moment by a UK clock, for the concern’s person and those named', async () => {
    assert.equal((await enterNotice(deps, investigator, ref, typed, known)).outcome, 'entered')
    const [watch] = await openWatches(deps)
    assert.deepEqual(
      [watch?.since.toISOString(), watch?.staff, watch?.people],
      ['2026-05-10T13:30:00.000Z', [pair.staffId], [pair.personId, 'P7']],
    )
  })

  test('a notice needs a real day in the past, a way it was given and a reason', async () => {
    assert.deepEqual(Object.keys(await faultsOf({ kind: 'toString', day: '2026-02-30', reason: ' ' })), [
      'kind',
      'day',
      'reason',
    ])
    assert.match((await faultsOf({ day: '2026-05-21' })).day ?? '', /in the past/)
    assert.match((await faultsOf({ time: '25:00' })).time ?? '', /24-hour clock/)
  })

  test('colleagues are watched only on an authorisation, and never the one the concern is about', async () => {
    assert.deepEqual(Object.keys(await faultsOf({ colleagues: ['S8'] })), ['authorisation'])
    const both = { colleagues: [pair.staffId], authorisation: 'AAAA-2222' }
    assert.deepEqual(Object.keys(await faultsOf(both)), ['colleagues', 'authorisation'])
    assert.match(
      (await faultsOf({ people: ['P0'] }, { staff: [], people: ['P0'] })).people ?? '',
      /No record knows P0/,
    )
  })

  test('colleagues are watched for as long as an authorisation that names them is in force, and not a day longer', async () => {
    const approver = await addTestUser(store(), 'A Head', ['head_of_unit'])
    const people = { asker: investigator, approver }
    const authorisation = await authorise(deps, people, ref, 'colleague_watch', { colleagues: ['S8'] })
    assert.match((await faultsOf({ colleagues: ['S8', 'S9'], authorisation })).authorisation ?? '', /outside/)
    const given = { ...typed, colleagues: ['S8'], authorisation: authorisation.toLowerCase() }
    assert.equal((await enterNotice(deps, investigator, ref, given, known)).outcome, 'entered')
    const watched = async () => (await openWatches(deps)).flatMap(each => each.staff)
    assert.deepEqual(await watched(), [pair.staffId, 'S8'])
    clock.set('2026-06-17T10:00:00Z')
    assert.deepEqual(await watched(), [pair.staffId])
    clock.set('2026-05-20T09:00:00Z')
  })

  test('what is seen after it is told once in the history, and once it ended nothing more is watched', async () => {
    await enterNotice(deps, investigator, ref, typed, known)
    const watches = await openWatches(deps, ref)
    const noticeId = watches[0]?.notice ?? ''
    const seen: TipOff[] = [
      {
        noticeId,
        kind: 'contact',
        ...pair,
        recordId: 'billing:7',
        at: new Date('2026-05-12T10:00:00Z'),
        says: 'Text made',
        explained: false,
      },
    ]
    const by = { who: investigator.id, from: '' }
    assert.equal(await keepTipOffs(deps, watches, seen, by), 1)
    assert.equal(
      await keepTipOffs(
        deps,
        watches,
        seen.map(each => ({ ...each, explained: true })),
        by,
      ),
      0,
    )
    const read = await readNotices(deps, ref)
    assert.deepEqual(
      read.seen.map(each => [each.recordId, each.explained]),
      [['billing:7', true]],
    )
    assert.equal(
      (await endNotice(deps, investigator, ref, { notice: noticeId, reason: ' ', from: '' })).outcome,
      'invalid',
    )
    assert.equal(
      (await endNotice(deps, investigator, ref, { notice: noticeId, reason: 'Interviewed.', from: '' }))
        .outcome,
      'ended',
    )
    assert.equal(
      (await endNotice(deps, investigator, ref, { notice: noticeId, reason: 'Twice.', from: '' })).outcome,
      'missing',
    )
    assert.deepEqual(await openWatches(deps), [])
    assert.equal((await readNotices(deps, ref)).notices[0]?.ended?.reason, 'Interviewed.')
  })

  test('an analyst may neither enter a notice nor end one', async () => {
    const analyst = await addTestUser(store(), 'An Analyst', ['analyst'])
    assert.deepEqual(await enterNotice(deps, analyst, ref, typed, known), { outcome: 'missing' })
    assert.deepEqual(await endNotice(deps, analyst, ref, { notice: 'x', reason: 'y', from: '' }), {
      outcome: 'missing',
    })
  })
})
