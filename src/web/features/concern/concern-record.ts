import { selectKeptAway } from '../../../access/exclusion-store.ts'
import type { User } from '../../../access/user.ts'
import type { Concern } from '../../../concerns/concern.ts'
import { readPatternsSeen, type PatternSeen } from '../../../detection/patterns.ts'
import { readPairRecord, type RecordedFact } from '../../../detection/pair-record.ts'
import { readStaffHistory, type StaffHistory } from '../../../detection/staff-history.ts'
import { readWordsDays, type WordsDay } from '../../../detection/pair-words.ts'
import { readTestedExplanations, type TestedExplanation } from '../../../detection/tested-explanations.ts'
import { staffCoverage, type StaffCoverage } from '../../../intake/coverage.ts'
import { readUnsuppliedFeeds } from '../../../intake/held-feeds.ts'
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

/** Reads the pair's records as one person may read them, the cover of the member of staff over the days drawn, and tests the innocent explanations. */
export const readConcernRecord = async (
  deps: Pick<WebDeps, 'lake' | 'store' | 'content' | 'maskKey' | 'clock'>,
  reader: Pick<User, 'id'>,
  concern: Pick<Concern, 'pair' | 'parts' | 'onDay' | 'masked'>,
  choice: WindowChoice,
): Promise<ConcernRecord> => {
  const { lake, content } = deps
  const without = await selectKeptAway(deps.store.db, reader.id)
  const name = recordNamer(deps, concern)
  const { facts: found, cut } = await readPairRecord(lake, concern.pair)
  const facts = nameFacts(found, name, concern.masked)
  const window = windowOf(facts, concern.onDay, choice)
  const days = { from: window.fromDay, to: window.toDay < concern.onDay ? window.toDay : concern.onDay }
  const covers = await staffCoverage(lake, concern.pair.staffId, days.from, days.to)
  const coverage = coverageView(covers)
  const explanations = await readTestedExplanations(lake, content.explanationBook, {
    ...concern.pair,
    ...days,
    families: concern.parts.map(part => part.family),
    indicators: concern.parts.flatMap(part => part.indicators.map(each => each.id)),
    missingFeeds: new Set([
      ...feedsMissing(covers, unexplainedDays(window.facts)),
      ...(await readUnsuppliedFeeds(lake)),
    ]),
  })
  return {
    facts,
    cut,
    window,
    choice,
    links: windowLinks(facts, choice, ''),
    coverage,
    staffHistory: await readStaffHistory(lake, concern.pair.staffId, concern.onDay),
    patterns: await readPatternsSeen(lake, content.patterns, {
      ...concern.pair,
      onDay: concern.onDay,
      without,
    }),
    explanations: explanations.map(each => ({ ...each, records: each.records.map(name) })),
    wordsDays: await readWordsDays(lake, concern.pair),
    parts: nameParts(concern.parts, name),
  }
}

type Days = { readonly first: string; readonly last: string }

/** From the first to the last day with a contact, stay or look-up that nothing explains; undefined where there is none. */
const unexplainedDays = (facts: readonly RecordedFact[]): Days | undefined => {
  const days = facts.filter(fact => fact.explained === false).map(fact => fact.at.slice(0, 10))
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)]
  return first === undefined || last === undefined ? undefined : { first, last }
}

/** Feeds without which an explanation of what happened on these days cannot be told; of any gap where no days are given. */
const feedsMissing = (covers: readonly StaffCoverage[], days: Days | undefined): string[] =>
  covers
    .filter(
      ({ held, missing }) =>
        !held || missing.some(([from, to]) => days === undefined || (from <= days.last && to >= days.first)),
    )
    .map(({ feed }) => feed)
