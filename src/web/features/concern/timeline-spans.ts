import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { momentWords } from '../../../ui/words.ts'
import type { TimelineScale } from './timeline-scale.ts'

export type Span = {
  /** Shares of the width, such as `12.5%`. */
  readonly x: string
  readonly width: string
  readonly y: number
  /** Duty state, or the lane. */
  readonly state: string
  /** Written on the span where there is room for it. */
  readonly label: string
  /** Where its words begin, or end where they are anchored there. */
  readonly labelX: string
  readonly anchor: 'start' | 'end'
  readonly title: string
}

/** Share of the width that the words on a case's span need. */
const labelRoom = 0.3
/** Share of the width that one letter needs, at the narrowest the picture is drawn. */
const letterRoom = 0.011
const mostRows = 4
const rowHeight = 24

/** Spans of a case or sequence in as few rows as keep them and their words apart, four at most. Duty never overlaps itself: one row. */
export const spansOf = (
  facts: readonly RecordedFact[],
  scale: TimelineScale,
  lane: Lane,
): { spans: Span[]; rows: number } => {
  const taken: number[] = []
  const spans = facts.map(fact => {
    const start = scale.shareOf(Date.parse(fact.at))
    const end = fact.until === undefined ? 1 : scale.shareOf(Date.parse(fact.until))
    // Words that would run out of the picture at its right end stand to the left of the span's own end.
    const leftwards = lane !== 'duty' && start + labelRoom > 1
    const free = taken.findIndex(until => until <= (leftwards ? Math.min(start, end - labelRoom) : start))
    const row = lane === 'duty' ? 0 : free >= 0 ? free : Math.min(taken.length, mostRows - 1)
    taken[row] = lane === 'duty' || leftwards ? end : Math.max(end, start + labelRoom)
    return {
      x: percent(start),
      width: percent(Math.max(end - start, 0.003)),
      y: 6 + row * rowHeight,
      state: lane === 'duty' ? fact.duty : lane,
      label: lane === 'duty' ? absenceLabel(fact, end - start) : fact.text,
      labelX: percent(leftwards ? end : start),
      anchor: leftwards ? ('end' as const) : ('start' as const),
      title: `${fact.text}: ${momentWords(fact.at)} to ${fact.until === undefined ? 'not ended' : momentWords(fact.until)}`,
    }
  })
  return { spans, rows: Math.max(1, taken.length) }
}

/** Why somebody is absent where it fits, else that they are, else nothing; duty itself needs no words. */
const absenceLabel = (fact: RecordedFact, share: number): string =>
  fact.duty === 'absent' ? ([fact.text, 'Absent'].find(words => share > letterRoom * words.length) ?? '') : ''

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`
