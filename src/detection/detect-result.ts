import type { Asked } from './asked.ts'

/** What a run of detection did. */
export type DetectResult = {
  /** Last day of the records, `YYYY-MM-DD`; empty when there are none. */
  readonly lastDay: string
  /** What was built again: everything, what changed from a moment on, or nothing. */
  readonly rebuilt: 'everything' | 'changes' | 'nothing'
  readonly findings: number
  readonly pairs: number
  readonly seconds: number
  /** Share of contacts with a person, stays and look-ups that a record explains, by fact and in all; 0 to 1. */
  readonly explained: Readonly<Record<string, number>>
  /** Feeds that were not read for lack of a current basis, and the indicators that did not run for it. Absent in runs of before. */
  readonly unread?: readonly string[]
  readonly notRun?: readonly string[]
  /** What it asked, by indicator: says whether stored findings answer a draft. Absent in runs of before. */
  readonly asked?: Readonly<Record<string, Asked>>
}
