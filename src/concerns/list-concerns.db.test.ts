import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { budget } from './budget.ts'
import { countNew, countWaiting } from './count-waiting.ts'
import { getConcern } from './get-concern.ts'
import { listConcerns, type ReadDeps } from './list-concerns.ts'
import { recuse } from './recuse.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'
import { grantUnmask, requestUnmask } from './unmask.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let analyst: User
  let head: User

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    clock.set('2026-05-20T09:00:00Z')
    await clearConcerns(store())
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
    head = await addTestUser(store(), 'Hedda Head', ['head_of_unit'])
  })

  const telling = () =>
    standingOf({
      staffId: 'S4711',
      personId: 'P8150',
      band: 'review',
      evidence: ['a:1'],
      account: 'S4711 rang P8150 on 07700 900192 and wrote to p@example.org.',
    })

  test('nothing that the queue or a concern says names either of them while masked', async () => {
    await raise(deps, [telling()])
    const row = await onlyConcern(deps, analyst)
    assert.match(row.staff, /^Staff [0-9A-Z]{5}$/)
    assert.match(row.person, /^person [0-9A-Z]{5}$/)
    const concern = await getConcern(deps, analyst, row.ref)
    assert.ok(concern)
    const shown = [row, concern].map(each => ({ ...each, pair: undefined }))
    assert.doesNotMatch(JSON.stringify(shown), /4711|8150|900192|example\.org/)
  })

  test('a search finds by masked name, reference and words, and cannot tell who is behind a mask', async () => {
    await raise(deps, [
      telling(),
      standingOf({ band: 'develop', evidence: ['a:2'], account: 'Stopped near a home.' }),
    ])
    const { concerns } = await listConcerns(deps, analyst, { text: 'rang' })
    const [row] = concerns
    assert.equal(concerns.length, 1)
    const totals = async (text: string) => (await listConcerns(deps, analyst, { text })).total
    assert.equal(await totals(row?.staff ?? ''), 1)
    assert.equal(await totals(row?.ref.replace('-', '').toLowerCase() ?? ''), 1)
    assert.equal(await totals('S4711'), 0)
    assert.equal(await totals("%' or 1=1 --"), 0)
  })

  test('what waits is counted with what is overdue, and without what the reader is kept from', async () => {
    await raise(deps, [
      standingOf({ staffId: 'S1', band: 'review', evidence: ['a:1'] }),
      standingOf({ staffId: 'S2', band: 'review', evidence: ['a:2'] }),
      standingOf({ staffId: 'S3', band: 'watch', evidence: ['a:3'] }),
    ])
    assert.deepEqual(await countWaiting(deps, analyst), { all: 2, late: 0 })
    const raisedAt = deps.clock.now()
    assert.equal(await countNew(deps, analyst, raisedAt), 2)
    assert.equal(await countNew(deps, analyst, new Date(raisedAt.getTime() + 1)), 0)
    clock.set('2026-05-27T09:00:00Z')
    assert.deepEqual(await countWaiting(deps, analyst), { all: 2, late: 2 })
    const { concerns } = await listConcerns(deps, analyst)
    await recuse(deps, analyst, concerns[0]?.ref ?? '', { knows: 'staff' })
    assert.deepEqual(await countWaiting(deps, analyst), { all: 1, late: 1 })
    assert.equal(await countNew(deps, analyst, raisedAt), 1)
  })

  test('a list is sorted by band and points, filtered and paged', async () => {
    const standings = Array.from({ length: 7 }, (_, at) =>
      standingOf({
        staffId: `S${at}`,
        band: at < 2 ? 'develop' : 'review',
        points: 18 + at,
        evidence: ['a:1'],
      }),
    )
    await raise(deps, standings)
    const first = await listConcerns(deps, analyst, { pageSize: 3 })
    assert.equal(first.total, 7)
    assert.equal(first.pages, 3)
    assert.deepEqual(
      first.concerns.map(row => [row.band, row.points]),
      [
        ['develop', 19],
        ['develop', 18],
        ['review', 24],
      ],
    )
    const last = await listConcerns(deps, analyst, { pageSize: 3, page: 99 })
    assert.deepEqual([last.page, last.concerns.length], [3, 1])
    assert.equal((await listConcerns(deps, analyst, { band: 'develop' })).total, 2)
    assert.deepEqual(
      first.counts.toSorted((a, b) => a.count - b.count),
      [
        { status: 'to_review', band: 'develop', count: 2 },
        { status: 'to_review', band: 'review', count: 5 },
      ],
    )
  })

  test('PSE-04: a head of unit too is shown who it is about only once another agrees, with the reason on record, and for one shift', async () => {
    const investigator = await addTestUser(store(), 'Ines Vestigator', ['investigator'])
    await raise(deps, [telling()])
    const { ref } = await onlyConcern(deps, head)
    assert.equal((await requestUnmask(deps, head, ref, { reason: ' ' })).outcome, 'invalid')
    assert.equal((await getConcern(deps, head, ref))?.masked, true)
    const asked = await requestUnmask(deps, head, ref, { reason: 'Strategy meeting 14' })
    assert.deepEqual(asked, { outcome: 'asked' })
    assert.equal((await getConcern(deps, head, ref))?.masked, true)
    assert.deepEqual((await getConcern(deps, head, ref))?.asking, [], 'not to be agreed to by oneself')
    const [request] = (await getConcern(deps, investigator, ref))?.asking ?? []
    assert.deepEqual([request?.by, request?.shownLately], ['Hedda Head', 0])
    const outcome = await grantUnmask(deps, investigator, request?.id ?? '')
    assert.deepEqual(outcome, { outcome: 'shown', until: new Date('2026-05-20T17:00:00Z') })
    const concern = await getConcern(deps, head, ref)
    assert.equal(concern?.staff, 'Staff S4711')
    assert.equal(concern.person, 'person P8150')
    assert.deepEqual(
      concern.history.slice(0, 2).map(row => row.kind),
      ['unmasked', 'unmask_asked'],
    )
    assert.equal((await getConcern(deps, analyst, ref))?.masked, true, 'for others it stays masked')
    clock.set('2026-05-20T17:00:00Z')
    assert.equal((await getConcern(deps, head, ref))?.masked, true)
  })

  test('an analyst asks, another person agrees, and nobody agrees to their own request', async () => {
    await raise(deps, [telling()])
    const { ref } = await onlyConcern(deps, analyst)
    assert.deepEqual(await requestUnmask(deps, analyst, ref, { reason: 'To check a postcode' }), {
      outcome: 'asked',
    })
    assert.equal((await getConcern(deps, analyst, ref))?.unmask, 'asked')
    const [request] = (await getConcern(deps, head, ref))?.asking ?? []
    assert.equal(request?.by, 'Ann Alyst')
    assert.deepEqual(await grantUnmask(deps, analyst, request.id), { outcome: 'missing' })
    assert.equal((await grantUnmask(deps, head, request.id)).outcome, 'shown')
    assert.equal((await getConcern(deps, analyst, ref))?.masked, false)
    assert.equal((await getConcern(deps, head, ref))?.masked, true)
    assert.deepEqual(await grantUnmask(deps, head, request.id), { outcome: 'missing' })
  })

  test('masks change from month to month', async () => {
    await raise(deps, [telling()])
    const may = await onlyConcern(deps, analyst)
    clock.set('2026-06-01T00:00:00Z')
    assert.notEqual((await onlyConcern(deps, analyst)).staff, may.staff)
  })

  test('the budget counts a month of new reviews per 1,000 staff by the day their evidence sufficed', async () => {
    assert.deepEqual((await budget(deps, 5)).rate, undefined)
    const on = (staffId: string, review: string, band: 'watch' | 'review' = 'review') =>
      standingOf({
        staffId,
        band,
        evidence: ['a:1'],
        reachedOn: {
          watch: review,
          review: band === 'review' ? review : null,
          develop: null,
          priority: null,
        },
      })
    await raise(deps, [
      on('S1', '2026-05-20'),
      on('S2', '2026-04-21'),
      on('S3', '2026-04-20'),
      on('S4', '2026-05-01', 'watch'),
    ])
    const stands = await budget(deps, 5)
    assert.equal(stands.entered, 2)
    assert.equal(stands.rate, 2)
    assert.deepEqual([stands.over, stands.overByOne], [false, false])
    const overOf = async (most: number) => {
      const { over, overByOne } = await budget(deps, most)
      return { over, overByOne }
    }
    assert.deepEqual(await overOf(1), { over: true, overByOne: true }, 'one review fewer would keep it')
    assert.deepEqual(await overOf(0.9), { over: true, overByOne: false })
  })
})
