import type { WorldPart } from '../../src/detection/record-world.ts'
import type { CaseStaff, CaseThread } from './case-file.ts'
import { caseDay, caseTime } from './case-time.ts'
import { shiftsBetween } from './shifts.ts'

type Ends = { readonly device: string; readonly other: string; readonly name: string }
type Span = { readonly start: number; readonly end: number }

/**
 * The events of a thread, spread evenly over its hours or over the duties of the member of staff, and cut after the last day
 * of the records. Sent and received alternate in the proportion of their numbers; a sent one comes first. Words are captured
 * beside the bill.
 */
export const threadRecords = (
  thread: CaseThread,
  staff: CaseStaff,
  ends: Ends,
  lastDay: number,
): WorldPart => {
  const total = thread.out + thread.in
  const moments = evenly(spansOf(thread, staff), total)
  const sentUpTo = (events: number): number => Math.ceil((events * thread.out) / total)
  const events = moments
    .map((moment, at) => ({
      common: {
        device_address: ends.device,
        other_address: ends.other,
        direction: sentUpTo(at + 1) > sentUpTo(at) ? 'out' : 'in',
        at: caseTime(moment),
      },
      moment,
      id: `${ends.name}-${at + 1}`,
      words: thread.words[String(at + 1)],
    }))
    .filter(event => event.moment < (lastDay + 1) * 86_400)
  return {
    records: {
      billing: events.map(({ common, id }) => ({
        ...common,
        record_id: id,
        kind: thread.kind,
        ...(thread.kind === 'voice' ? { duration_s: thread.seconds } : {}),
      })),
      messages: events.flatMap(({ common, id, words }) =>
        words === undefined ? [] : [{ ...common, message_id: id, channel: 'sms', text: words }],
      ),
    },
  }
}

const spansOf = (thread: CaseThread, { pattern, phase }: CaseStaff): Span[] => {
  const first = caseDay(thread.from)
  const last = caseDay(thread.to)
  if (thread.on_duty) return shiftsBetween(pattern, phase, first, last)
  const [opens, closes] = thread.hours
  return Array.from({ length: last - first + 1 }, (_, n) => ({
    start: (first + n) * 86_400 + opens * 3_600,
    end: (first + n) * 86_400 + closes * 3_600,
  }))
}

/** So many moments, in seconds from D0, at equal distances along the spans laid end to end. */
const evenly = (spans: readonly Span[], count: number): number[] => {
  const whole = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  return Array.from({ length: count }, (_, at) => {
    let along = ((at + 0.5) * whole) / count
    for (const { start, end } of spans) {
      if (along < end - start) return start + along
      along -= end - start
    }
    return spans.at(-1)?.end ?? 0
  })
}
