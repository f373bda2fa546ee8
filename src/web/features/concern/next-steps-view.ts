import type { Concern } from '../../../concerns/concern.ts'
import type { Indicator } from '../../../detection/indicators.ts'
import type { Matrix } from '../../../detection/matrix.ts'
import type { TestedExplanation } from '../../../detection/tested-explanations.ts'

type Given = {
  readonly concern: Pick<Concern, 'band' | 'status' | 'parts'>
  readonly matrix: Pick<Matrix, 'bands'>
  readonly indicators: readonly Indicator[]
  readonly explanations: readonly TestedExplanation[]
}

/** What somebody who opens a concern does next. */
export type NextSteps = {
  /** What the band asks for: "Desk check by an analyst…". Empty below every band. */
  readonly action: string
  /** The first checks, strongest finding first, then a record that would settle what the supplied ones cannot. */
  readonly checks: readonly string[]
}

/** Checks quoted before the reader is sent to the indicators for the rest. */
const mostChecks = 3

/** What to do next, from the band's own action and the review steps of what was found; nothing on a closed concern. */
export const nextStepsView = ({
  concern,
  matrix,
  indicators,
  explanations,
}: Given): NextSteps | undefined => {
  if (concern.status === 'closed') return undefined
  const found = concern.parts
    .flatMap(part => part.indicators)
    .toSorted((a, b) => b.points - a.points)
    .flatMap(({ id }) => indicators.find(each => each.id === id)?.review_steps[0] ?? [])
  const untold = explanations.find(each => each.result === 'cannot_tell')
  return {
    action: matrix.bands.find(each => each.band === concern.band)?.action ?? '',
    checks: [
      ...new Set([
        ...[...new Set(found)].slice(0, mostChecks),
        ...(untold === undefined ? [] : [settleWords(untold)]),
      ]),
    ],
  }
}

const settleWords = ({ settledBy: { record, owner } }: TestedExplanation): string =>
  `Ask ${owner} for ${record}.`
