import type { BandNow } from '../core/bands.ts'
import { bandOf, type Matrix } from './matrix.ts'

/** One in so many members of staff offends at any time: what a reader may suppose. The matrix supposes `assumedPrior`. */
export const priors = [200, 500, 1_000, 2_000, 5_000] as const
export type Prior = (typeof priors)[number]

/** The prior that the points of `content/matrix.yaml` are measured from: 1 in 1,000, which is -30 points (evidence 3.3). */
export const assumedPrior = 1_000 satisfies Prior

/**
 * Points that a band needs more, or fewer, at another prior, for the records to be worth as much. Points are decibans over the
 * odds of the prior: at 1 in 500 a band needs 3 fewer.
 */
export const furtherPoints = (prior: Prior): number => 10 * Math.log10((prior - 1) / (assumedPrior - 1))

/** The band that the same points would reach at another prior. */
export const bandAtPrior = (matrix: Pick<Matrix, 'bands'>, points: number, prior: Prior): BandNow =>
  bandOf(matrix, points - furtherPoints(prior))
