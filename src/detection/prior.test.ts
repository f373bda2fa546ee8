import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMatrix } from './matrix.ts'
import { assumedPrior, bandAtPrior, furtherPoints, priors } from './prior.ts'

const matrix = readMatrix()
const chance = (points: number, prior: number): number => {
  const odds = 10 ** (points / 10) / (prior - 1)
  return odds / (1 + odds)
}

test('at what the matrix supposes every band is where the matrix has it', () => {
  assert.equal(furtherPoints(assumedPrior), 0)
  for (const { band, points } of matrix.bands) assert.equal(bandAtPrior(matrix, points, assumedPrior), band)
})

test('a band asks of the records the same certainty at every prior', () => {
  for (const prior of priors)
    for (const { points } of matrix.bands)
      assert.equal(
        chance(points + furtherPoints(prior), prior).toFixed(9),
        chance(points, assumedPrior).toFixed(9),
      )
})

test('the same records reach a lower band where fewer offend, and never a higher one', () => {
  assert.deepEqual(
    priors.map(prior => bandAtPrior(matrix, 21.5, prior)),
    ['develop', 'develop', 'review', 'review', 'watch'],
  )
})
