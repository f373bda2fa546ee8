import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFor } from './random.ts'

const many = (draw: () => number) => Array.from({ length: 20_000 }, draw)
const mean = (draws: readonly number[]) => draws.reduce((sum, draw) => sum + draw, 0) / draws.length

test('the same seed and part give the same draws; another part gives others', () => {
  const draws = (seed: number, part: string) => {
    const random = randomFor(seed, part)
    return Array.from({ length: 5 }, () => random.next())
  }
  assert.deepEqual(draws(1, 'roster'), draws(1, 'roster'))
  assert.notDeepEqual(draws(1, 'roster'), draws(1, 'phones'))
  assert.notDeepEqual(draws(1, 'roster'), draws(2, 'roster'))
})

test('draws have the mean and spread they are asked for', () => {
  const random = randomFor(7, 'test')
  assert.ok(Math.abs(mean(many(random.next)) - 0.5) < 0.01)
  assert.ok(Math.abs(mean(many(() => random.poisson(3))) - 3) < 0.06)
  assert.ok(Math.abs(mean(many(() => random.poisson(90))) - 90) < 0.5)
  const counts = many(() => random.negativeBinomial(4, 2))
  assert.ok(Math.abs(mean(counts) - 4) < 0.15)
  const variance = mean(counts.map(count => (count - 4) ** 2))
  assert.ok(Math.abs(variance - 12) < 1, `mean + mean²/k is 12, drawn ${variance}`)
  const medians = many(() => random.logNormal(10, 1)).sort((a, b) => a - b)
  assert.ok(Math.abs((medians[10_000] ?? 0) - 10) < 0.5)
})

test('a share of nothing is never picked, and a sample never holds one member twice', () => {
  const random = randomFor(3, 'test')
  for (let turn = 0; turn < 500; turn++) assert.equal(random.pickShare({ never: 0, always: 1 }), 'always')
  assert.deepEqual(random.sample([1, 2, 3], 10).sort(), [1, 2, 3])
})
