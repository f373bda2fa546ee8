import type { Concern } from '../../../concerns/concern.ts'
import { readPatternsSeen, type PatternSeen } from '../../../detection/patterns.ts'
import { readPairRecord, type RecordedFact } from '../../../detection/pair-record.ts'
import { readStaffHistory, type StaffHistory } from '../../../detection/staff-history.ts'
import { readWordsDays, type WordsDay } from '../../../detection/pair-words.ts'
import { readTestedExplanations, type TestedExplanation } from '../../../detection/tested-explanations.ts'
import { staffCoverage } from '../../../intake/coverage.ts'
import type { WebDeps } from '../../web-deps.ts'
import { coverageView, type CoverageView } from '../../coverage-of.ts'
import { nameFacts, nameParts, recordNamer } from './record-names.ts'
import { windowLinks, windowOf, type TimelineWindow, type WindowChoice } from './timeline-window.ts'

/** What the lake holds about a concern, read for the person who opened it. */
export type ConcernRecord = {
  readonly facts: readonly RecordedFact[]
  readonly cut: boolean
  readonly window: TimelineWindow
  readonly choice: WindowChoice
  readonly links: readonly { readonly name: string; readonly href: string; readonly current: boolean }[]
  readonly coverage: CoverageView
  readonly explanations: readonly TestedExplanation[]
  readonly patterns: readonly PatternSeen[]
  /** What is on record about the member of staff, however old, up to the day the concern stands on. */
  readonly staffHistory: StaffHistory
  /** Days on which boundary language was found; none of its words. */
  readonly wordsDays: readonly WordsDay[]
  /** The score's parts, their records named as they may be shown. */
  readonly parts: Concern['parts']
}

/** Reads the pair's records, the cover of the member of staff over the days drawn, and tests the innocent explanations. */
export const readConcernRecord = async (
  deps: Pick<WebDeps, 'lake' | 'content' | 'maskKey' | 'clock'>,
  concern: Pick<Concern, 'pair' | 'parts' | 'onDay' | 'masked'>,
  choice: WindowChoice,
): Promise<ConcernRecord> => {
  const { lake, content } = deps
  const name = recordNamer(deps, concern)
  const { facts: found, cut } = await readPairRecord(lake, concern.pair)
  const facts = nameFacts(found, name)
  const window = windowOf(facts, concern.onDay, choice)
  const days = { from: window.fromDay, to: window.toDay < concern.onDay ? window.toDay : concern.onDay }
  const coverage = coverageView(await staffCoverage(lake, concern.pair.staffId, days.from, days.to))
  const explanations = await readTestedExplanations(lake, content.credits, {
    ...concern.pair,
    ...days,
    families: concern.parts.map(part => part.family),
    missingFeeds: coverage.missingFeeds,
  })
  return {
    facts,
    cut,
    window,
    choice,
    links: windowLinks(facts, choice, ''),
    coverage,
    staffHistory: await readStaffHistory(lake, concern.pair.staffId, concern.onDay),
    patterns: await readPatternsSeen(lake, content.patterns, { ...concern.pair, onDay: concern.onDay }),
    explanations: explanations.map(each => ({ ...each, records: each.records.map(name) })),
    wordsDays: await readWordsDays(lake, concern.pair),
    parts: nameParts(concern.parts, name),
  }
}
