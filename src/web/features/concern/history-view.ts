import { plainDays } from '../../../ui/words.ts'
import { historyKinds, type Concern, type HistoryRow } from '../../../concerns/concern.ts'

/** The history of a concern, newest first: what happened, who did it, and what was new. */
export const historyRows = (concern: Pick<Concern, 'history'>) =>
  concern.history.map(row => ({
    at: row.at,
    by: row.by ?? '',
    what: historyKinds[row.kind],
    detail: plainDays(row.detail.says),
    fresh: freshOf(row),
  }))

const freshOf = (row: HistoryRow): string[] =>
  (row.detail.indicators ?? []).map(indicator => plainDays(`${indicator.title}: ${indicator.sentence}`))
