import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../access/user.ts'
import { onEachStore } from '../casework-store/test-stores.ts'
import { listConcerns, type ReadDeps } from '../concerns/list-concerns.ts'
import { raiseConcerns } from '../concerns/raise-concerns.ts'
import { recordDisposition } from '../concerns/record-disposition.ts'
import { addTestUser, clearConcerns, movableClock } from '../concerns/test-concerns.ts'
import { standingOf } from '../concerns/test-standing.ts'
import { undoDisposition } from '../concerns/undo-disposition.ts'
import { readIndicators } from '../detection/indicators.ts'
import { readMatrix } from '../detection/matrix.ts'
import { atLeast, readTrackRecords } from './track-record.ts'

test('chance is reckoned as a table of Poisson has it', () => {
  assert.equal(atLeast(0, 3), 1)
  assert.ok(Math.abs(atLeast(1, 0.6) - 0.4512) < 0.0001)
  assert.ok(Math.abs(atLeast(3, 0.6) - 0.0231) < 0.0001)
  assert.ok(Math.abs(atLeast(7, 3) - 0.0335) < 0.0001)
})

const [indicator] = readIndicators()
assert.ok(indicator)
const matrix = readMatrix()
const promise = { false_alerts_per_1000_staff_a_month: 1, reason: 'For the test.' }

onEachStore(store => {
  const clock = movableClock('2026-05-20T09:00:00Z')
  const deps = (): ReadDeps => ({ store: store(), clock, maskKey: Buffer.alloc(32, 7) })
  let analyst: User

  beforeEach(async () => {
    clock.set('2026-05-20T09:00:00Z')
    await clearConcerns(store())
    analyst = await addTestUser(store(), 'Ann Alyst', ['analyst'])
  })

  /** Raises concerns at review, each resting on the indicator, and gives their references. */
  const raiseSome = async (count: number, onDay = '2026-05-19', edition = 0): Promise<string[]> => {
    const standings = Array.from({ length: count }, (_, at) =>
      standingOf({
        staffId: `S${at}`,
        band: 'review',
        evidence: [`a:${at}`],
        fingerprint: `${at} ${onDay}`,
        onDay,
        reachedOn: { watch: onDay, review: onDay, develop: null, priority: null },
        parts: [
          {
            family: 'F1',
            familyName: 'Contact',
            points: 18,
            raw: 18,
            credit: 0,
            credits: [],
            indicators: [
              {
                id: indicator.id,
                version: 4,
                edition,
                title: 'T',
                points: 18,
                sentence: 'S.',
                evidence: [],
                lastOn: onDay,
              },
            ],
          },
        ],
      }),
    )
    await raiseConcerns(deps(), standings, { staffCount: 1_000, lastDay: '2026-05-20' })
    const { concerns } = await listConcerns(deps(), analyst, { pageSize: 100 })
    return concerns.map(each => each.ref)
  }

  const decide = (ref: string, kind: 'develop' | 'no_concern' | 'cannot_tell' | 'keep_watching') =>
    recordDisposition(deps(), analyst, ref, {
      kind,
      explanation: 'declared-before',
      until: '2026-06-20',
      reason: 'Looked.',
    })

  const record = async () => {
    const found = (await readTrackRecords(store().db, [{ ...indicator, promise }], matrix)).get(indicator.id)
    assert.ok(found)
    return found
  }

  test('precision is the share of decided reviews that were developed, once there are ten', async () => {
    const refs = await raiseSome(12)
    for (const ref of refs.slice(0, 3)) await decide(ref, 'develop')
    for (const ref of refs.slice(3, 9)) await decide(ref, 'no_concern')
    await decide(refs[9] ?? '', 'cannot_tell')
    await decide(refs[10] ?? '', 'keep_watching')
    assert.equal((await record()).precision, undefined, 'nine are too few')
    await decide(refs[11] ?? '', 'develop')
    const { precision, developed, explained, cannotTell, watching } = await record()
    assert.deepEqual([developed, explained, cannotTell, watching], [4, 6, 1, 1])
    assert.equal(precision, 0.4)
  })

  test('a review that is decided twice counts as it was decided last, and one taken back counts not at all', async () => {
    const [first = '', second = ''] = await raiseSome(2)
    await decide(first, 'develop')
    await decide(first, 'no_concern')
    await decide(second, 'develop')
    await undoDisposition(deps(), analyst, second, '')
    const { developed, explained } = await record()
    assert.deepEqual([developed, explained], [0, 1])
  })

  test('each version and edition has a record of its own', async () => {
    const refs = await raiseSome(2, '2026-05-19', 2)
    for (const ref of refs) await decide(ref, 'no_concern')
    assert.deepEqual(
      (await record()).versions.map(each => [each.version, each.edition, each.explained]),
      [[4, 2, 2]],
    )
  })

  test('a promise is broken by more false alerts than bad luck would give, not by one more', async () => {
    const refs = await raiseSome(7)
    for (const ref of refs.slice(0, 4)) await decide(ref, 'no_concern')
    const four = await record()
    assert.deepEqual([four.falseAlerts, four.allowed, four.broken], [4, 3, false])
    for (const ref of refs.slice(4)) await decide(ref, 'no_concern')
    const seven = await record()
    assert.deepEqual([seven.falseAlerts, seven.broken], [7, true])
  })

  test('what was raised on evidence of ninety days ago and more breaks no promise of today', async () => {
    const refs = await raiseSome(7, '2026-02-01')
    for (const ref of refs) await decide(ref, 'no_concern')
    const { falseAlerts, explained, broken } = await record()
    assert.deepEqual([falseAlerts, explained, broken], [0, 7, false])
  })
})
