import type { Json, MaybeMoment, Moment } from './column-types.ts'

/** The tables of what is kept, and of what two people agreed to destroy. */
export type RetentionTables = {
  holds: {
    id: string
    staff_id: string
    reason: string
    review_on: string
    made_by: string
    made_at: Moment
    ended_by: string | null
    ended_at: MaybeMoment
  }
  destructions: {
    id: string
    asked_by: string
    asked_at: Moment
    reason: string
    plan: Json
    agreed_by: string | null
    agreed_at: MaybeMoment
    withdrawn_by: string | null
    withdrawn_at: MaybeMoment
    done_at: MaybeMoment
  }
  erasures: { id: string; at: Moment }
}
