import type { Lane, RecordedFact } from '../../../detection/pair-record.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { marksOf, type Mark } from './timeline-marks.ts'
import { timelineScale } from './timeline-scale.ts'
import { spansOf, type Span } from './timeline-spans.ts'

export type LaneView = {
  readonly lane: Lane
  readonly name: string
  /** Pixels from the top of the picture. */
  readonly y: number
  readonly middle: number
  readonly height: number
  readonly spans: readonly Span[]
  readonly gaps: readonly { readonly x: string; readonly width: string }[]
  readonly marks: readonly Mark[]
  /** What an empty lane says. */
  readonly empty: string
}

export type TimelineView = {
  readonly fromDay: string
  readonly toDay: string
  readonly height: number
  readonly axisY: number
  readonly ticks: readonly { readonly x: string; readonly label: string }[]
  readonly bands: readonly {
    readonly x: string
    readonly label: string
    readonly y: number
    readonly anchor: 'start' | 'end'
  }[]
  readonly lanes: readonly LaneView[]
  /** The picture in one sentence, for a reader who does not see it. */
  readonly summary: string
}

type Drawn = {
  readonly facts: readonly RecordedFact[]
  readonly fromDay: string
  readonly toDay: string
  /** Days on which a band was first reached. */
  readonly reached: readonly { readonly band: string; readonly on: string }[]
  /** Days for which a lane's records were not supplied. */
  readonly missing: Readonly<Partial<Record<Lane, readonly (readonly [string, string])[]>>>
}

const laneNames: Readonly<Record<Lane, string>> = {
  sequence: 'Sequence',
  case: 'Case',
  duty: 'Duty',
  attendance: 'Attendance',
  contact: 'Contact',
  stay: 'Stay near address',
  'look-up': 'Look-up',
  declared: 'Declared',
}

/** Lanes of spans; the others hold marks. */
const spanLanes: readonly Lane[] = ['sequence', 'case', 'duty']

const top = 26
const shortLane = 34
/** Three rows: off duty on top, on duty in the middle, explained below. */
const tallLane = 66
const bandRow = 21

/** Lays out the timeline: a lane for each kind of fact, time across. Widths are shares, so that it fills any screen. */
export const timelineView = (drawn: Drawn): TimelineView => {
  const scale = timelineScale(drawn.fromDay, drawn.toDay)
  const within = drawn.facts.filter(
    fact => Date.parse(fact.until ?? fact.at) >= scale.from && Date.parse(fact.at) <= scale.to,
  )
  let y = top
  // A pair whose records make no sequence has no lane for one: its absence is nothing to read.
  const shown = (Object.keys(laneNames) as Lane[]).filter(
    lane => lane !== 'sequence' || within.some(fact => fact.lane === lane),
  )
  const lanes = shown.map(lane => {
    const facts = within.filter(fact => fact.lane === lane)
    const { spans, rows } = spanLanes.includes(lane) ? spansOf(facts, scale, lane) : { spans: [], rows: 1 }
    const judges = lane === 'contact' || lane === 'stay' || lane === 'look-up'
    const height = judges && facts.length > 0 ? tallLane : Math.max(shortLane, 10 + rows * 24)
    const gaps = (drawn.missing[lane] ?? []).map(([from, to]) => {
      const start = scale.shareOf(Date.parse(`${from}T00:00:00Z`))
      return {
        x: percent(start),
        width: percent(scale.shareOf(Date.parse(`${to}T00:00:00Z`) + 86_400_000) - start),
      }
    })
    const view: LaneView = {
      lane,
      name: laneNames[lane],
      y,
      middle: y + height / 2,
      height,
      spans: spans.map(span => ({ ...span, y: span.y + y })),
      gaps: gaps.filter(gap => gap.width !== '0%'),
      marks:
        spans.length > 0
          ? []
          : marksOf(facts, scale, judges ? undefined : lane === 'attendance' ? 'explained' : 'plain').map(
              mark => ({ ...mark, y: mark.y + y }),
            ),
      empty: facts.length > 0 ? '' : gaps.length > 0 ? 'not supplied' : 'none in these records',
    }
    y += height
    return view
  })
  const bands = drawn.reached
    // The first band shown in the queue and the highest are enough: four lines would hide what they cross.
    .filter((_, index, all) => index === all.length - 1 || all[index]?.band === 'Review')
    .filter(({ on }) => on >= drawn.fromDay && on <= drawn.toDay)
    .map(({ band, on }, index) => {
      const share = scale.shareOf(Date.parse(`${on}T12:00:00Z`))
      const anchor: 'start' | 'end' = share > 0.6 ? 'end' : 'start'
      return {
        x: percent(share),
        label: `reached ${band}, ${dayWords(on)}`,
        y: y + bandRow * (index + 1),
        anchor,
      }
    })
  return {
    fromDay: drawn.fromDay,
    toDay: drawn.toDay,
    axisY: y,
    height: y + bandRow * bands.length + 10,
    ticks: scale.ticks.map(tick => ({ x: percent(tick.share), label: tick.label })),
    bands,
    lanes,
    summary: summaryOf(within, drawn),
  }
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`

const summaryOf = (facts: readonly RecordedFact[], drawn: Drawn): string => {
  const parts = (['contact', 'stay', 'look-up'] as const).map(lane => {
    const of = facts.filter(fact => fact.lane === lane)
    const open = of.filter(fact => fact.explained !== true)
    const name = { contact: 'contact', stay: 'stay', 'look-up': 'look-up' }[lane]
    return `${countWords(of.length, name)}, ${open.length} unexplained`
  })
  return `${dayWords(drawn.fromDay)} to ${dayWords(drawn.toDay)}: ${parts.join('; ')}.`
}
