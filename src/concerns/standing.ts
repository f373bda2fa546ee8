import type { Band, BandNow } from '../core/bands.ts'

/** What one indicator adds to a family's points. */
export type StandingIndicator = {
  readonly id: string
  readonly version: number
  /** The unit's published change that it ran with; 0 or absent as the content has it. */
  readonly edition?: number
  readonly title: string
  /** Decibans. */
  readonly points: number
  readonly sentence: string
  /** Evidence ids, `feed:key`. */
  readonly evidence: readonly string[]
  /** Day of the latest evidence, `YYYY-MM-DD`. */
  readonly lastOn: string
}

/** One family's share of a pair's score. */
export type StandingPart = {
  readonly family: string
  readonly familyName: string
  /** After cap and credit. */
  readonly points: number
  readonly raw: number
  /** Negative or zero. */
  readonly credit: number
  readonly indicators: readonly StandingIndicator[]
  /** Titles of role credits that lapsed because the volume is far beyond the post's. */
  readonly voidCredits?: readonly string[]
  readonly credits: readonly {
    readonly id: string
    readonly title: string
    readonly points: number
    readonly recordId: string
  }[]
}

/** How a pair stands on the last detected day: what detection hands over, and all that a concern knows of it. */
export type Standing = {
  readonly staffId: string
  /** '' when it is about the member of staff alone; a bare number (`+44…`) where nobody has it. */
  readonly personId: string
  readonly band: BandNow
  readonly points: number
  /** Day of that score, `YYYY-MM-DD`. */
  readonly onDay: string
  /** The first day each band was reached. */
  readonly reachedOn: Readonly<Record<Band, string | null>>
  /** Points for agreement of independent sources. */
  readonly bonus: number
  readonly parts: readonly StandingPart[]
  /** Plain-English sentences. */
  readonly account: string
  /** Changes only with genuinely new evidence. */
  readonly fingerprint: string
  readonly evidence: readonly string[]
}
