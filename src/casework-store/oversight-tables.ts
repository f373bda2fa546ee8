import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Json, MaybeMoment, MaybeText, Moment } from './column-types.ts'

/** The tables of what keeps the unit itself within bounds: on what footing it reads, and who looked at how it does. */
export type OversightTables = {
  feed_bases: {
    id: GeneratedAlways<number>
    feed: string
    basis: string
    notice: string
    notice_on: MaybeText
    owner: string
    retention_days: number
    until_on: string
    through_batch: ColumnType<number | null, number | null | undefined, number | null>
    withdrawn: ColumnType<boolean, boolean | undefined, boolean>
    reason: string
    made_by: string
    made_at: Moment
  }
  break_glass: {
    ref: string
    concern_ref: string
    cause: string
    reason: string
    asked_by: string
    asked_at: Moment
    opened_at: MaybeMoment
    expires_at: MaybeMoment
    reviewed_by: MaybeText
    reviewed_at: MaybeMoment
    justified: ColumnType<boolean | null, boolean | null | undefined, boolean | null>
    review: MaybeText
  }
  break_glass_approvals: { break_glass: string; by_user: string; at: Moment; reason: string }
  dip_samples: { month: string; seed: string; population: number; drawn_at: Moment }
  dip_sample_entries: { month: string; seq: number }
  dip_outcomes: {
    id: GeneratedAlways<number>
    seq: number
    outcome: string
    note: string
    by_user: string
    at: Moment
  }
  authorisations: {
    ref: string
    kind: string
    concern_ref: string
    colleagues: Json
    from_on: string
    to_on: string
    days: number
    basis: string
    necessity: string
    proportionality: string
    asked_by: string
    asked_at: Moment
    answered_by: MaybeText
    answered_at: MaybeMoment
    granted: ColumnType<boolean | null, boolean | null | undefined, boolean | null>
    answer: MaybeText
    expires_at: MaybeMoment
    review_by: MaybeText
    ended_by: MaybeText
    ended_at: MaybeMoment
    end_reason: MaybeText
  }
  authorisation_reviews: {
    id: GeneratedAlways<number>
    authorisation: string
    by_user: string
    at: Moment
    reason: string
    next_by: string
  }
  nights: {
    night: string
    due_at: Moment
    outcome: string
    why: string
    noted_at: Moment
    filled_at: MaybeMoment
    concerns: number | null
  }
}
