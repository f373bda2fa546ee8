import type { Lane } from '../detection/pair-record.ts'
import type { StaffCoverage } from '../intake/coverage.ts'
import { countWords, shortDayWords } from '../ui/words.ts'
import { scoredFeeds } from './scored-feeds.ts'

/** How far the records of a member of staff reach over some days, feed by feed. */
export type CoverageView = {
  readonly held: number
  readonly of: number
  readonly summary: string
  readonly feeds: readonly { readonly name: string; readonly held: boolean; readonly words: string }[]
  /** Feeds that lack at least one of the days. */
  readonly missingFeeds: ReadonlySet<string>
  /** Spans without records, by the lane they would fill. A lane is blind only where all its feeds are. */
  readonly missing: Readonly<Partial<Record<Lane, readonly (readonly [string, string])[]>>>
}

/** Sets intake's cover of a member of staff beside the eight feeds a score needs. */
export const coverageView = (covers: readonly StaffCoverage[]): CoverageView => {
  const rows = scoredFeeds.map(scored => {
    const cover = covers.find(each => each.feed === scored.feed)
    const missing = cover?.missing ?? []
    return { ...scored, held: cover?.held ?? false, missing }
  })
  const whole = rows.filter(row => row.held && row.missing.length === 0)
  const missing: Partial<Record<Lane, (readonly [string, string])[]>> = {}
  for (const row of rows) if (row.held) missing[row.lane] = [...(missing[row.lane] ?? []), ...row.missing]
  return {
    held: whole.length,
    of: rows.length,
    summary:
      whole.length === rows.length
        ? `All ${countWords(rows.length, 'feed')} that a score needs were held for these days.`
        : `${whole.length} of the ${rows.length} feeds that a score needs were held for all of these days. What is missing counts neither for nor against anybody.`,
    feeds: rows.map(row => ({
      name: row.name,
      held: row.held && row.missing.length === 0,
      words: !row.held
        ? 'nothing supplied about them'
        : row.missing.length === 0
          ? 'held'
          : missingWords(row.missing),
    })),
    missingFeeds: new Set(
      covers.filter(each => !each.held || each.missing.length > 0).map(each => each.feed),
    ),
    missing,
  }
}

const missingWords = (spans: readonly (readonly [string, string])[]): string => {
  const shown = spans
    .slice(0, 2)
    .map(([from, to]) =>
      from === to ? shortDayWords(from) : `${shortDayWords(from)} to ${shortDayWords(to)}`,
    )
  const rest = spans.length > 2 ? ` and ${spans.length - 2} more` : ''
  return `missing ${shown.join(', ')}${rest}`
}
