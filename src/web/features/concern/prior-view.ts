import { z } from 'zod'
import { bands, type BandNow } from '../../../core/bands.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import { assumedPrior, bandAtPrior, furtherPoints, priors, type Prior } from '../../../detection/prior.ts'

/** Reads `?prior=` of an address; anything else is what the matrix supposes. */
export const readPrior = (query: Readonly<Record<string, unknown>>): Prior => {
  const typed = z.coerce.number().catch(assumedPrior).parse(query['prior'])
  return priors.find(each => each === typed) ?? assumedPrior
}

/** Points that the line begins and ends with: below, no prior in the list gives a band; above, each gives the highest. */
const line = { from: 5, to: 45 } as const

/** "1 in 2,000". */
const oneIn = (prior: Prior): string => `1 in ${prior.toLocaleString('en-GB')}`

const oneDecimal = (points: number): number => Math.round(points * 10) / 10

/** What the reader supposed about how many offend, and the band that these points would then be. No percentage, and nothing is recorded. */
export const priorView = (
  points: number,
  band: BandNow,
  matrix: Pick<Matrix, 'bands'>,
  prior: Prior,
  /** Where the form goes, and what of the address it must keep. */
  address: { readonly action: string; readonly days: string },
) => {
  const at = bandAtPrior(matrix, points, prior)
  return {
    ...address,
    priors: priors.map(each => ({ value: String(each), text: oneIn(each), checked: each === prior })),
    at,
    says: saysOf({ points, band, prior, at }),
    rows: priors.map(each => ({
      prior: oneIn(each),
      current: each === prior,
      assumed: each === assumedPrior,
      needs: matrix.bands.map(one => oneDecimal(one.points + furtherPoints(each))),
      band: bandAtPrior(matrix, points, each),
    })),
    picture: pictureOf(points, matrix, prior),
  }
}

type Said = { readonly points: number; readonly band: BandNow; readonly prior: Prior; readonly at: BandNow }

const bandWords = (band: BandNow): string => (band === 'none' ? 'below every band' : band)

const saysOf = ({ points, band, prior, at }: Said): string => {
  const shift = oneDecimal(furtherPoints(prior))
  const held = `${oneDecimal(points)} points`
  if (prior === assumedPrior)
    return `The bands suppose that ${oneIn(prior)} members of staff offends. At ${held} this pair is ${bandWords(at)}.`
  const needs = `every band needs ${Math.abs(shift)} points ${shift > 0 ? 'more' : 'fewer'}`
  return at === band
    ? `If ${oneIn(prior)} offended, ${needs}. At ${held} the pair would still be ${bandWords(at)}.`
    : `If ${oneIn(prior)} offended, ${needs}. At ${held} the pair would be ${bandWords(at)}, not ${bandWords(band)}.`
}

/** The bands on a line of points, moved by the prior, and where the pair stands on it. */
const pictureOf = (points: number, matrix: Pick<Matrix, 'bands'>, prior: Prior) => {
  const to = Math.max(line.to, points + 4)
  const place = (value: number): number =>
    (100 * (Math.min(to, Math.max(line.from, value)) - line.from)) / (to - line.from)
  const starts = matrix.bands.map(each => place(each.points + furtherPoints(prior)))
  return {
    at: percent(place(points)),
    bands: bands.map((band, index) => {
      const [from = 100, end = 100] = [starts[index], starts[index + 1]]
      return { band, x: percent(from), width: percent(end - from), label: percent((from + end) / 2) }
    }),
  }
}

const percent = (value: number): string => `${value.toFixed(2)}%`
