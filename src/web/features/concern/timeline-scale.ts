import { shortDayWords } from '../../../ui/words.ts'

const dayMs = 86_400_000

/** Turns moments into shares of the timeline's width. */
export type TimelineScale = {
  /** First and last moment drawn, in milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** Where a moment stands, 0 to 1; outside the window it is held at the edge. */
  readonly shareOf: (moment: number) => number
  /** Whole days with a label, at most nine. */
  readonly ticks: readonly { readonly share: number; readonly label: string }[]
}

const steps = [1, 2, 7, 14, 28, 91, 182, 364]

/** A scale from the start of the first day to the end of the last, both `YYYY-MM-DD`. */
export const timelineScale = (fromDay: string, toDay: string): TimelineScale => {
  const from = Date.parse(`${fromDay}T00:00:00Z`)
  const to = Math.max(Date.parse(`${toDay}T00:00:00Z`) + dayMs, from + dayMs)
  const shareOf = (moment: number) => Math.min(1, Math.max(0, (moment - from) / (to - from)))
  const days = Math.round((to - from) / dayMs)
  const step = steps.find(candidate => days / candidate <= 8) ?? Math.ceil(days / 8)
  const ticks = Array.from({ length: Math.ceil(days / step) }, (_, index) => {
    const moment = from + index * step * dayMs
    return { share: shareOf(moment), label: shortDayWords(new Date(moment + dayMs / 2)) }
  })
  return { from, to, shareOf, ticks }
}
