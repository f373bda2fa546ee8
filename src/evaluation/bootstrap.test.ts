import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureAll, medianOf, shareOf } from './bootstrap.ts'

const draws = { seed: 3, times: 2_000 }

test('the interval around a share agrees with the textbook where every member of staff counts once', () => {
  const staff = Array.from({ length: 200 }, (_, at) => at < 60)
  const [figure] = measureAll(
    [
      shareOf(
        staff,
        yes => (yes ? 1 : 0),
        () => 1,
      ),
    ],
    staff.length,
    draws,
  )
  assert.ok(figure)
  assert.equal(figure.value, 0.3)
  assert.deepEqual([figure.count, figure.of], [60, 200])
  const spread = 1.96 * Math.sqrt((0.3 * 0.7) / 200)
  assert.ok(Math.abs((figure.low ?? 0) - (0.3 - spread)) < 0.012, String(figure.low))
  assert.ok(Math.abs((figure.high ?? 0) - (0.3 + spread)) < 0.012, String(figure.high))
})

test('pairs of one member of staff stand and fall together: their interval is wider than that of as many apart', () => {
  const together = [{ right: 10, all: 10 }, ...Array.from({ length: 10 }, () => ({ right: 0, all: 1 }))]
  const apart = Array.from({ length: 20 }, (_, at) => ({ right: at < 10 ? 1 : 0, all: 1 }))
  const widthOf = (staff: { right: number; all: number }[]): number => {
    const measure = shareOf(
      staff,
      each => each.right,
      each => each.all,
    )
    const [figure] = measureAll([measure], staff.length, draws)
    return (figure?.high ?? 0) - (figure?.low ?? 0)
  }
  assert.ok(widthOf(together) > widthOf(apart) * 1.5)
})

test('none of five is not certainty: the interval reaches to what five could have hidden', () => {
  const staff = [1, 2, 3, 4, 5]
  const none = shareOf(
    staff,
    () => 0,
    () => 1,
  )
  const all = shareOf(
    staff,
    () => 1,
    () => 1,
  )
  const [empty, full] = measureAll([none, all], 5, draws)
  assert.deepEqual([empty?.low, empty?.high], [0, 0.5218])
  assert.deepEqual([full?.low, full?.high], [0.4782, 1])
})

test('the same seed draws the same forces, and another seed others', () => {
  const staff = Array.from({ length: 30 }, (_, at) => at)
  const median = medianOf(staff, each => each ** 2)
  const under = (seed: number) => measureAll([median], 30, { seed, times: 200 })
  assert.deepEqual(under(1), under(1))
  assert.notDeepEqual(under(1), under(2))
})

test('what nobody has is not measured, rather than nothing', () => {
  const measure = shareOf(
    [1, 2],
    () => 0,
    () => 0,
  )
  assert.deepEqual(measureAll([measure, medianOf([1, 2], () => undefined)], 2, draws), [
    { value: null, low: null, high: null, count: 0, of: 0 },
    { value: null, low: null, high: null, of: 0 },
  ])
})
