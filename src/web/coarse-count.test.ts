import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIndicators } from '../detection/indicators.ts'
import { readMatrix } from '../detection/matrix.ts'
import { promiseOf } from '../detection/indicators.ts'
import type { TrackRecord } from '../tuning/track-record.ts'
import { aboutWords } from './about-words.ts'
import { trackRecordView } from './features/indicators/track-record-view.ts'
import { standingLineView } from './standing-line.ts'

const [indicator] = readIndicators()
const recordOf = (explained: number): TrackRecord => ({
  indicator: indicator?.id ?? '',
  developed: 2,
  explained,
  cannotTell: 1,
  watching: 1,
  precision: undefined,
  versions: [
    {
      indicator: '',
      version: 1,
      edition: 0,
      developed: 2,
      explained,
      cannotTell: 1,
      watching: 1,
      explainedLately: 1,
    },
  ],
  promise: promiseOf(indicator ?? assert.fail('there is no indicator'), readMatrix()),
  falseAlerts: explained,
  allowed: 0.1,
  broken: true,
})
const lineOf = (entered: number, reads: boolean) =>
  standingLineView({
    waiting: reads ? { all: entered, late: 0 } : undefined,
    budget: { rate: entered / 4, limit: 5, over: false, overByOne: entered === 3, entered },
    lastRun: undefined,
    silent: [],
    now: new Date('2026-06-08T09:00:00Z'),
  }).budget

test('PSE-02: whoever reads no concerns cannot tell by any figure whether there is one more', () => {
  for (const count of [0, 1, 3, 6, 10, 28, 33]) {
    assert.deepEqual(
      trackRecordView(recordOf(count), false),
      trackRecordView(recordOf(count + 1), false),
      String(count),
    )
    assert.deepEqual(lineOf(count, false), lineOf(count + 1, false), String(count))
  }
  assert.notDeepEqual(trackRecordView(recordOf(3), true), trackRecordView(recordOf(4), true))
  assert.notDeepEqual(lineOf(3, true), lineOf(4, true))
  assert.match(lineOf(1, false).words, /fewer than 5 in all/)
})

test('PSE-02: a figure of the whole force is told to two places, and not below a hundred', () => {
  assert.deepEqual(
    [0, 1, 99, 100, 1_234, 1_235].map(count => aboutWords(count, 'finding')),
    [
      'no finding',
      'fewer than 100 findings',
      'fewer than 100 findings',
      'about 100 findings',
      'about 1,200 findings',
      'about 1,200 findings',
    ],
  )
})
