import { addDays } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import type { Lake } from '../lake/lake.ts'

/** The days evaluated, both included, as `YYYY-MM-DD`. */
export type Window = { readonly from: string; readonly to: string }

/** Days of a month here: the budget is counted over so many. */
const monthDays = 30

/** How many months, not always whole, a window has. */
export const monthsOf = ({ from, to }: Window): number =>
  ((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1) / monthDays

/** The last days of the whole months of a window, counted back from its end, in order. */
export const monthEnds = (window: Window): string[] =>
  Array.from({ length: Math.floor(monthsOf(window)) }, (_, n) =>
    addDays(window.to, -n * monthDays),
  ).toReversed()

/**
 * The days for which the force supplied records of what its staff did. Histories, which go back years, do not count.
 * @throws AppError NOT_FOUND where there are none
 */
export const windowOf = async (lake: Lake): Promise<Window> => {
  const [row] = await lake.rows<{ from: string | null; to: string | null }>(
    `select toString(toDate(min(min_event_at))) as from, toString(toDate(max(max_event_at))) as to
     from upstander.batches
     where toString(feed) in ('billing', 'messages', 'system_access', 'positions') and accepted > 0`,
  )
  if (row?.from == null || row.to == null || row.from < '1971')
    throw new AppError(
      'NOT_FOUND',
      'There are no records of telephones, look-ups or positions to evaluate: run "upstander intake FOLDER" first.',
    )
  return { from: row.from, to: row.to }
}
