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
 * watched or developed first and decided afterwards is one, as it was decided last.
 * @param from first day and `to` last day on which the evidence of the late ones sufficed, `YYYY-MM-DD`
 */
export const countDecidedReviews = async (
  db: CaseworkDb,
  from: string,
  to: string,
): Promise<DecidedReviews[]> => {
  const { rows } = await sql<DecidedReviews>`
    select i.indicator as indicator, i.version as version, i.edition as edition,
      count(*) filter (where d.kind = 'develop') as developed,
      count(*) filter (where d.kind = 'no_concern') as explained,
      count(*) filter (where d.kind = 'cannot_tell') as "cannotTell",
      count(*) filter (where d.kind = 'keep_watching') as watching,
      count(*) filter (where d.kind = 'no_concern' and e.entered_on between ${from} and ${to}) as "explainedLately"
    from dispositions d
    join disposition_indicators i on i.disposition = d.id
    left join lateral (
      select max(h.entered_review_on) as entered_on from concern_history h
      where h.ref = d.ref and h.entered_review_on is not null and h.at <= d.at
    ) e on true
    where d.undone_at is null and i.points > 0
      and (d.kind in ('no_concern', 'cannot_tell') or not exists (
        select 1 from dispositions later where later.ref = d.ref and later.undone_at is null and later.id > d.id))
    group by i.indicator, i.version, i.edition
    order by i.indicator, i.version, i.edition`.execute(db)
  return rows
}
