import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Evaluation } from './figure.ts'
import { naturalFrequency } from './natural-frequency.ts'

const share = (count: number, of: number) => ({ value: count / of, low: 0, high: 1, count, of })

const force = (
  { staff, offenders }: { staff: number; offenders: number },
  pairs: readonly [number, number],
  members: readonly [number, number],
  roles: Readonly<Record<string, readonly [number, number]>> = {},
): Evaluation => ({
  about: {
    name: 'A force',
    made_on: '2026-06-01',
    from: '2026-01-01',
    to: '2026-04-30',
    staff,
    offenders,
    dark: 0,
    legitimate_roles: 0,
    review_at: 17,
    budget: 5,
    draws: 10,
    seed: 1,
    content: 'c',
  },
  sections: [
    {
      key: 'precision',
      title: '',
      about: '',
      columns: [
        { key: 'pairs', label: '', unit: 'share' },
        { key: 'staff', label: '', unit: 'share' },
      ],
      rows: [{ key: 'develop', label: '', cells: [share(...pairs), share(...members)] }],
    },
    {
      key: 'false_by_role',
      title: '',
      about: '',
      columns: [{ key: 'review', label: '', unit: 'per_100' }],
      rows: Object.entries(roles).map(([key, [count, of]]) => ({
        key,
        label: key,
        cells: [share(count, of)],
      })),
    },
  ],
})

const one = force({ staff: 400, offenders: 4 }, [1, 4], [1, 3], {
  any_role: [3, 60],
  pcso: [2, 4],
  soit: [1, 2],
})
const two = force({ staff: 400, offenders: 4 }, [5, 6], [3, 4], {
  any_role: [1, 60],
  soit: [2, 2],
  flo: [0, 9],
})

test('the pairs of every force at that band are counted together, and apart', () => {
  const found = naturalFrequency([one, two], 'develop')
  assert.deepEqual([found?.offenders, found?.pairs], [6, 10])
  assert.deepEqual(found?.apart, [
    { pairs: 4, offenders: 1 },
    { pairs: 6, offenders: 5 },
  ])
  assert.equal(found.offendersPer1000, 10)
})

test('the usual innocent explanations are the roles of innocent staff who came so far, the most frequent first', () => {
  assert.deepEqual(naturalFrequency([one, two], 'develop')?.usual, [
    { role: 'soit', staff: 3 },
    { role: 'pcso', staff: 2 },
  ])
})

test('where an evaluation counts every band, the usual explanations are of this band and no further', () => {
  const reached = { watch: 9, review: 6, develop: 2, priority: 1 } as const
  const byBand: Evaluation = {
    ...one,
    sections: [
      ...one.sections.filter(each => each.key === 'precision'),
      {
        key: 'false_by_role',
        title: '',
        about: '',
        columns: Object.keys(reached).map(key => ({ key, label: '', unit: 'per_100' })),
        rows: [
          { key: 'soit', label: 'soit', cells: Object.values(reached).map(count => share(count, 10)) },
          { key: 'flo', label: 'flo', cells: [1, 1, 1, 0].map(count => share(count, 3)) },
        ],
      },
    ],
  }
  const found = naturalFrequency([byBand], 'develop')
  assert.equal(found?.usualOfBand, true)
  assert.deepEqual(found.usual, [
    { role: 'flo', staff: 1 },
    { role: 'soit', staff: 1 },
  ])
  assert.equal(naturalFrequency([one, two], 'develop')?.usualOfBand, false, 'an older one cannot tell')
})

test('where 1 in 1,000 offends far fewer of 100 would be offenders than in a made-up force', () => {
  // 4 of 8 offenders are at the band, and 3 of 792 others: 0.001 x 4/8 against 0.999 x 3.5/793.
  const expected = (100 * 0.0005) / (0.0005 + (0.999 * 3.5) / 793)
  assert.equal(naturalFrequency([one, two], 'develop')?.ofHundredAtBaseRate?.toFixed(6), expected.toFixed(6))
})

test('a force of which every tenth member of staff offends is left out: it makes every pair look guilty', () => {
  const odd = force({ staff: 100, offenders: 10 }, [30, 30], [9, 9])
  assert.equal(naturalFrequency([one, odd], 'develop')?.pairs, 4)
  assert.equal(naturalFrequency([odd], 'develop'), undefined)
})

test('a band that no pair reached has no figure', () => {
  assert.equal(naturalFrequency([one], 'priority'), undefined)
  assert.equal(naturalFrequency([], 'develop'), undefined)
})
