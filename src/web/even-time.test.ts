import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { untilBeat } from './even-time.ts'

test('COI-01: an answer that a thing is not there leaves on a beat of 25 milliseconds, however long the work took', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), microseconds => {
      const elapsed = microseconds / 1_000
      const left = untilBeat(elapsed)
      assert.ok(left >= 0 && left <= 25)
      const onBeat = (elapsed + left) / 25
      assert.ok(Math.abs(onBeat - Math.round(onBeat)) < 1e-4)
    }),
  )
})

test('COI-01: work that takes a tenth of a millisecond longer is told apart in one of two hundred answers', () => {
  const apart = Array.from({ length: 10_000 }, (_, at) => at / 100).filter(
    elapsed =>
      Math.round(elapsed + untilBeat(elapsed)) !== Math.round(elapsed + 0.1 + untilBeat(elapsed + 0.1)),
  )
  assert.ok(apart.length <= 50, `${apart.length} of 10,000`)
})
