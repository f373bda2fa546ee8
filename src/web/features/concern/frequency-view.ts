import type { BandNow } from '../../../core/bands.ts'
import { naturalFrequency, type NaturalFrequency } from '../../../evaluation/natural-frequency.ts'
import type { Evaluation } from '../../../evaluation/figure.ts'
import { countWords } from '../../../ui/words.ts'

/** What the last evaluation says of pairs like this one: a sentence, and what it rests on. */
export type FrequencyView = {
  readonly sentence: string
  /** What it was counted on and what it would be in a real force; empty where there is no figure. */
  readonly basis: readonly string[]
}

type Measured = {
  /** The newest one of this installation; undefined where there was none. */
  readonly own: Evaluation | undefined
  /** Those that come with the product: what is quoted where there is none of its own. */
  readonly shipped: readonly Evaluation[]
  /** Fingerprint of the content that now runs. */
  readonly content: string
}

/** Fewer pairs than this say little: one more or fewer moves the figure by five in a hundred. */
const fewPairs = 20

/** The natural-frequency sentence of a band, and the honest one where there is no figure (evidence 3.2: never a percentage for a person). */
export const frequencyView = (band: BandNow, measured: Measured): FrequencyView => {
  if (band === 'none') return none('The pair is below every band today, where nothing is counted.')
  const evaluations = measured.own === undefined ? measured.shipped : [measured.own]
  if (evaluations.length === 0)
    return none(
      'Detection has not been measured yet, so nobody can say how often pairs like this are innocent.',
    )
  const found = naturalFrequency(evaluations, band)
  if (found === undefined)
    return none(
      `When detection was last measured no pair came to ${band} and no further, so there is no figure for pairs like this.`,
    )
  return {
    sentence: `${sentenceOf(found, band)} ${usualWords(found)}`.trim(),
    basis: [
      basisOf(found),
      baseRateWords(found),
      ...(found.contents.every(each => each === measured.content)
        ? []
        : ['What detection looks for has changed since: the figures are of how it was then.']),
    ],
  }
}

const none = (sentence: string): FrequencyView => ({ sentence, basis: [] })

const forces = (count: number): string => (count === 1 ? 'the simulated force' : 'the simulated forces')

const sentenceOf = ({ pairs, offenders, apart }: NaturalFrequency, band: BandNow): string => {
  const where = forces(apart.length)
  if (offenders === 0)
    return `Of ${countWords(pairs, 'pair')} like this (${band}, no further) in ${where}, none was about an offender: each had an innocent explanation.`
  if (offenders === pairs)
    return `Of ${countWords(pairs, 'pair')} like this (${band}, no further) in ${where}, every one was about an offender.`
  const right = Math.min(99, Math.max(1, Math.round((100 * offenders) / pairs)))
  return `Of 100 pairs like this (${band}, no further) in ${where}, about ${right} were about an offender and ${100 - right} had an innocent explanation.`
}

const usualWords = ({ usual, usualOfBand }: NaturalFrequency): string =>
  usual.length === 0
    ? ''
    : `${usualOfBand ? 'The usual ones are' : 'Of pairs at review or above that were innocent, the usual explanations were'}: ${usual
        .slice(0, 3)
        .map(({ role }) => roleWords(role))
        .join('; ')}.`

/** A legitimate role of a truth file, in words: `pcso_with_a_daily_caller` is "PCSO with a daily caller". */
const roleWords = (role: string): string =>
  role.replaceAll('_', ' ').replaceAll(/\b(pcso|soit|flo|marac|mash)\b/g, word => word.toUpperCase())

const basisOf = ({ pairs, offenders, apart }: NaturalFrequency): string => {
  const each =
    apart.length === 1
      ? ''
      : ` (force by force ${apart.map(one => `${one.offenders} of ${one.pairs}`).join(', ')})`
  return `Counted: ${offenders} of ${countWords(pairs, 'pair')} in ${countWords(apart.length, 'made-up force')}${each}.${
    pairs < fewPairs ? ' That is few: the true figure may lie far from it.' : ''
  }`
}

const baseRateWords = ({ offendersPer1000, ofHundredAtBaseRate }: NaturalFrequency): string => {
  const held = `${forces(0).replace('the simulated', 'Made-up')} hold about ${Math.round(offendersPer1000)} offenders in 1,000 staff, many more than a real force is thought to have.`
  if (ofHundredAtBaseRate === undefined) return held
  const right = Math.round(ofHundredAtBaseRate)
  return `${held} Where 1 in 1,000 offends, of 100 members of staff at this band ${right < 1 ? 'fewer than 1' : `about ${right}`} would be.`
}
