import type { BandNow } from '../core/bands.ts'
import type { Evaluation, Figure } from './figure.ts'

/** How many of the pairs that reached a band were about an offender, on forces whose offenders are known. */
export type NaturalFrequency = {
  /** Pairs whose highest band it was, and those of them about an offender. */
  readonly pairs: number
  readonly offenders: number
  /** The same of each force by itself, in the order of the evaluations. */
  readonly apart: readonly { readonly pairs: number; readonly offenders: number }[]
  /** Offenders in 1,000 staff of those forces: far more than a real force has. */
  readonly offendersPer1000: number
  /** Of 100 members of staff at this band where 1 in 1,000 offends; undefined where no right one was seen. */
  readonly ofHundredAtBaseRate: number | undefined
  /** Lawful patterns of the innocent staff who came so far, the most frequent first, by the truth's names. */
  readonly usual: readonly { readonly role: string; readonly staff: number }[]
  /** Whether those came to this band and no further; false where the evaluation only tells who came to review or further. */
  readonly usualOfBand: boolean
  /** Fingerprints of the content that was measured. */
  readonly contents: readonly string[]
}

/**
 * Offenders in 1,000 staff above which a force is left out: one that is half offenders makes every pair look guilty. The force
 * that comes with the product for evasions has 188.
 */
const mostOffenders = 50

/** One in so many staff offends: the prior of the matrix. */
const baseRate = 1 / 1_000

/**
 * Reads, out of one or more evaluations, what became of pairs at a band. Counts are added up; undefined where no pair reached
 * the band, or where nothing was measured.
 */
export const naturalFrequency = (
  evaluations: readonly Evaluation[],
  band: BandNow,
): NaturalFrequency | undefined => {
  const ordinary = evaluations.filter(
    ({ about }) => about.staff > 0 && (about.offenders / about.staff) * 1_000 <= mostOffenders,
  )
  const apart = ordinary.map(each => countsOf(figureAt(each, 'precision', band, 'pairs')))
  const pairs = sum(apart.map(each => each.of))
  if (pairs === 0) return undefined
  return {
    pairs,
    offenders: sum(apart.map(each => each.count)),
    apart: apart.map(({ count, of }) => ({ pairs: of, offenders: count })),
    offendersPer1000:
      (sum(ordinary.map(each => each.about.offenders)) / sum(ordinary.map(each => each.about.staff))) * 1_000,
    ofHundredAtBaseRate: atBaseRate(ordinary, band),
    ...usualRoles(ordinary, band),
    contents: [...new Set(ordinary.map(each => each.about.content))],
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

const figureAt = ({ sections }: Evaluation, key: string, row: string, column: string): Figure | undefined => {
  const section = sections.find(each => each.key === key)
  const at = section?.columns.findIndex(each => each.key === column) ?? -1
  return section?.rows.find(each => each.key === row)?.cells[at]
}

const countsOf = (figure: Figure | undefined) => ({ count: figure?.count ?? 0, of: figure?.of ?? 0 })

/** As the evaluation's own column: half a false one is added, so that none seen is not read as none possible. */
const atBaseRate = (evaluations: readonly Evaluation[], band: BandNow): number | undefined => {
  const staff = evaluations.map(each => countsOf(figureAt(each, 'precision', band, 'staff')))
  const right = sum(staff.map(each => each.count))
  const wrong = sum(staff.map(each => each.of)) - right
  const offenders = sum(evaluations.map(each => each.about.offenders))
  const others = sum(evaluations.map(each => each.about.staff)) - offenders
  if (right === 0) return undefined
  const found = baseRate * (right / offenders)
  return (100 * found) / (found + (1 - baseRate) * ((wrong + 0.5) / (others + 1)))
}

/** Columns of the section to set against each other: who came to the band, less who came to the next. */
const columnsOf = {
  watch: ['watch', 'review'],
  review: ['review', 'develop'],
  develop: ['develop', 'priority'],
  priority: ['priority', undefined],
  none: ['watch', 'review'],
} as const satisfies Record<BandNow, readonly [string, string | undefined]>

/**
 * Innocent staff whose highest band it was, by lawful pattern. Evaluations made before the section had a column for each band
 * tell only who came to review or further: then that is counted, and said.
 */
const usualRoles = (
  evaluations: readonly Evaluation[],
  band: BandNow,
): Pick<NaturalFrequency, 'usual' | 'usualOfBand'> => {
  const [from, next] = columnsOf[band]
  const sections = evaluations.map(each => each.sections.find(section => section.key === 'false_by_role'))
  const usualOfBand = sections.every(section =>
    [from, next].every(key => key === undefined || section?.columns.some(each => each.key === key) === true),
  )
  const staffOf = new Map<string, number>()
  for (const [at, evaluation] of evaluations.entries()) {
    for (const { key } of sections[at]?.rows ?? []) {
      if (key === 'any_role' || key === 'ordinary') continue
      const reached = (column: string): number =>
        countsOf(figureAt(evaluation, 'false_by_role', key, column)).count
      const count = usualOfBand ? reached(from) - (next === undefined ? 0 : reached(next)) : reached('review')
      if (count > 0) staffOf.set(key, (staffOf.get(key) ?? 0) + count)
    }
  }
  return {
    usual: [...staffOf]
      .map(([role, staff]) => ({ role, staff }))
      .toSorted((a, b) => b.staff - a.staff || a.role.localeCompare(b.role)),
    usualOfBand,
  }
}
