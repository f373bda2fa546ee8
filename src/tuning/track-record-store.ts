import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** How reviews that an indicator gave points to were decided, for one version and edition of it. */
export type DecidedReviews = {
  readonly indicator: string
  readonly version: number
  readonly edition: number
  readonly developed: number
  /** Closed as explained: false alerts. */
  readonly explained: number
  readonly cannotTell: number
  readonly watching: number
  /** Explained ones whose evidence put the concern into the queue within the days asked for. */
  readonly explainedLately: number
}

/**
 * Counts decided reviews by indicator. A concern that is closed, opens again and is decided again is two reviews; one that is
 * watched or developed first and decided afterwards is one, as it was decided last. What is kept from the person on whose behalf the
 * store is asked is not counted.
 * @param from first day and `to` last day on which the evidence of the late ones sufficed, `YYYY-MM-DD`
 */
export const countDecidedReviews = async (
  db: CaseworkDb,
  from: string,
  to: string,
): Promise<DecidedReviews[]> => {
  const { rows } = await sql<DecidedReviews>`
    select indicator, version, edition, developed, explained, cannot_tell as "cannotTell", watching, explained_lately as "explainedLately"
    from count_decided(${from}::date, ${to}::date)`.execute(db)
  return rows
}
