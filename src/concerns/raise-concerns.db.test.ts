import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import fc from 'fast-check'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { bands, type BandNow } from '../core/bands.ts'
import { getConcern } from './get-concern.ts'
import { listConcerns, type ReadDeps } from './list-concerns.ts'
import { recordDisposition } from './record-disposition.ts'
import { addTestUser, clearConcerns, movableClock, onlyConcern, raise } from './test-concerns.ts'
import { standingOf } from './test-standing.ts'

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  let deps: ReadDeps
  let analyst: User

  beforeEach(async () => {
    deps = { store: store(), clock, maskKey: Buffer.alloc(32, 7) }
    clock.set('2026-05-20T09:00:00Z')
    await clearConcerns(store())
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
  })

  const historyOf = async (ref: string) => {
    const concern = await getConcern(deps, analyst, ref)
    assert.ok(concern)
    return concern.history.toReversed().map(row => row.kind)
  }
  const decide = (ref: string, kind: string, more = {}) =>
    recordDisposition(deps, analyst, ref, {
      kind,
      reason: 'Checked the log.',
      explanation: 'sent-there',
      ...more,
    })

  test('a pair at review opens a concern that waits for a decision within three working days', async () => {
    const raised = await raise(deps, [standingOf({ band: 'review', evidence: ['system_access:A1'] })])
    assert.deepEqual(raised, { opened: 1, joined: 0, reopened: 0, unchanged: 0 })
    const concern = await onlyConcern(deps, analyst, {})
    assert.match(concern.ref, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    // The Monday is the spring bank holiday.
    assert.equal(concern.dueOn, '2026-05-26')
    assert.equal(concern.late, false)
  })

  test('a pair at watch is noted and is not in the queue until it reaches review', async () => {
    await raise(deps, [standingOf({ band: 'watch', evidence: ['system_access:A1'] })])
    assert.equal((await listConcerns(deps, analyst)).total, 0)
    assert.equal((await onlyConcern(deps, analyst)).status, 'noted')
    const grown = await raise(deps, [
      standingOf({ band: 'review', evidence: ['system_access:A1', 'system_access:A2'] }),
    ])
    assert.equal(grown.joined, 1)
    const concern = await onlyConcern(deps, analyst, {})
    assert.deepEqual(await historyOf(concern.ref), ['opened', 'joined', 'band_changed'])
  })

  test('new evidence joins the open concern and its history says which records and which indicator', async () => {
    await raise(deps, [standingOf({ band: 'review', evidence: ['system_access:A1'] })])
    await raise(deps, [standingOf({ band: 'review', evidence: ['system_access:A1', 'system_access:A2'] })])
    const { ref } = await onlyConcern(deps, analyst)
    const [joined] = (await getConcern(deps, analyst, ref))?.history ?? []
    assert.equal(joined?.kind, 'joined')
    assert.deepEqual(joined.detail.evidence, ['system_access:A2'])
    assert.deepEqual(
      joined.detail.indicators?.map(each => each.id),
      ['unexplained-look-up'],
    )
  })

  test('a closed concern opens again only for new evidence that reaches the band it was closed at', async () => {
    await raise(deps, [standingOf({ band: 'develop', evidence: ['system_access:A1', 'system_access:A2'] })])
    const { ref } = await onlyConcern(deps, analyst)
    assert.equal((await decide(ref, 'no_concern')).outcome, 'recorded')

    const same = standingOf({ band: 'priority', evidence: ['system_access:A1', 'system_access:A2'] })
    assert.equal((await raise(deps, [same])).reopened, 0, 'more points without new evidence')
    const lower = standingOf({ band: 'review', evidence: ['system_access:A1', 'system_access:A3'] })
    assert.equal((await raise(deps, [lower])).reopened, 0, 'new evidence below the band')
    assert.equal((await onlyConcern(deps, analyst)).status, 'closed')

    clock.set('2026-06-10T02:00:00Z')
    const risen = standingOf({
      band: 'develop',
      evidence: ['system_access:A1', 'system_access:A3', 'billing:B1'],
    })
    assert.equal((await raise(deps, [risen])).reopened, 1)
    const reopened = await getConcern(deps, analyst, ref)
    assert.equal(reopened?.status, 'to_review')
    assert.equal(reopened.dueOn, '2026-06-15')
    assert.equal(reopened.closedAt, undefined)
    assert.equal(reopened.history[0]?.kind, 'reopened')
    assert.deepEqual(reopened.history[0].detail.evidence, ['system_access:A3', 'billing:B1'])
  })

  test('a concern closed at watch opens again at review, not at watch', async () => {
    await raise(deps, [standingOf({ band: 'watch', evidence: ['a:1'] })])
    await decide((await onlyConcern(deps, analyst)).ref, 'no_concern')
    assert.equal((await raise(deps, [standingOf({ band: 'watch', evidence: ['a:1', 'a:2'] })])).reopened, 0)
    assert.equal(
      (await raise(deps, [standingOf({ band: 'review', evidence: ['a:1', 'a:2', 'a:3'] })])).reopened,
      1,
    )
  })

  test('a watched concern leaves the queue, and comes back on its day', async () => {
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
    const { ref } = await onlyConcern(deps, analyst)
    await decide(ref, 'keep_watching', { until: '2026-06-20' })
    clock.set('2026-06-19T23:00:00Z')
    assert.equal((await listConcerns(deps, analyst)).total, 0)
    clock.set('2026-06-20T08:00:00Z')
    assert.equal((await onlyConcern(deps, analyst, {})).ref, ref)
    assert.deepEqual(await historyOf(ref), ['opened', 'decided', 'returned'])
  })

  test('a watched concern comes back before its day when its band rises, not when it merely gains evidence', async () => {
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
    const { ref } = await onlyConcern(deps, analyst)
    await decide(ref, 'keep_watching', { until: '2026-06-20' })
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1', 'a:2'] })])
    assert.equal((await onlyConcern(deps, analyst)).status, 'watching')
    await raise(deps, [standingOf({ band: 'develop', evidence: ['a:1', 'a:2', 'a:3'] })])
    assert.equal((await onlyConcern(deps, analyst)).status, 'to_review')
    assert.deepEqual(await historyOf(ref), [
      'opened',
      'decided',
      'joined',
      'joined',
      'band_changed',
      'returned',
    ])
  })

  test('a concern whose evidence was withdrawn says so and stays open for a person to close', async () => {
    await raise(deps, [standingOf({ band: 'develop', evidence: ['a:1', 'a:2'] })])
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
    await raise(deps, [])
    const { ref } = await onlyConcern(deps, analyst)
    const concern = await getConcern(deps, analyst, ref)
    assert.equal(concern?.status, 'to_review')
    assert.equal(concern.band, 'none')
    assert.deepEqual(await historyOf(ref), ['opened', 'evidence_gone', 'band_changed', 'band_changed'])
    assert.match(concern.history[0]?.detail.says ?? '', /no longer reach watch/)
    assert.ok(concern.evidence.find(each => each.id === 'a:2')?.goneAt)
  })

  test('evidence that went and came back is not new', async () => {
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1', 'a:2'] })])
    await raise(deps, [standingOf({ band: 'review', evidence: ['a:1'] })])
    await decide((await onlyConcern(deps, analyst)).ref, 'cannot_tell')
    assert.equal((await raise(deps, [standingOf({ band: 'review', evidence: ['a:1', 'a:2'] })])).reopened, 0)
  })

  test('about one member of staff there is a concern of their own beside those with a person', async () => {
    const raised = await raise(deps, [
      standingOf({ band: 'review', evidence: ['a:1'] }),
      standingOf({ band: 'review', evidence: ['a:2'], personId: '' }),
      standingOf({ band: 'review', evidence: ['a:3'], personId: '+447700900192' }),
    ])
    assert.equal(raised.opened, 3)
    const people = (await listConcerns(deps, analyst)).concerns.map(row => row.person.split(' ')[0])
    assert.deepEqual(people.toSorted(), ['', 'number', 'person'])
  })

  test('whatever comes in whatever order, a pair has one concern and the same standings again change nothing', async () => {
    const standing = fc
      .record({
        staffId: fc.constantFrom('S1', 'S2'),
        personId: fc.constantFrom('', 'P1', '+447700900192'),
        band: fc.constantFrom<BandNow>('none', ...bands),
        evidence: fc.uniqueArray(fc.constantFrom('a:1', 'a:2', 'a:3', 'a:4'), { minLength: 1 }),
      })
      .map(standingOf)
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.array(standing, { maxLength: 6 }) },
      { weight: 1, arbitrary: fc.constantFrom('no_concern', 'keep_watching', 'develop', 'cannot_tell') },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async steps => {
        await clearConcerns(store())
        for (const each of steps) {
          if (typeof each === 'string') {
            for (const row of (await listConcerns(deps, analyst, { status: 'open' })).concerns)
              await decide(row.ref, each, { until: '2026-07-01' })
            continue
          }
          await raise(deps, each)
          const before = await everything(store())
          const again = await raise(deps, each)
          assert.deepEqual({ ...again, unchanged: 0 }, { opened: 0, joined: 0, reopened: 0, unchanged: 0 })
          assert.deepEqual(await everything(store()), before)
        }
        const pairs = (await listConcerns(deps, analyst, { status: 'all', pageSize: 200 })).concerns.map(
          row => JSON.stringify(row.pair),
        )
        assert.equal(new Set(pairs).size, pairs.length)
      }),
      { numRuns: 25 },
    )
  })

  test('two runs at once open one concern for a pair', async () => {
    const standings = [standingOf({ band: 'review', evidence: ['a:1'] })]
    const both = await Promise.all([raise(deps, standings), raise(deps, standings)])
    assert.equal(both[0].opened + both[1].opened, 1)
    await onlyConcern(deps, analyst)
  })
})

const everything = async ({ db }: ReadDeps['store']) => ({
  concerns: await db.selectFrom('concerns').selectAll().orderBy('ref').execute(),
  evidence: await db
    .selectFrom('concern_evidence')
    .selectAll()
    .orderBy('ref')
    .orderBy('evidence_id')
    .execute(),
  history: await db.selectFrom('concern_history').selectAll().orderBy('id').execute(),
})
