import type { ColumnType } from 'kysely'
import type { MaybeMoment, Moment } from './column-types.ts'

/** Who is close to whom, and from what that keeps whom: db/migrations/0011-conflicts.sql. */
export type ConflictTables = {
  staff_links: {
    staff_id: string
    other_staff_id: string
    person_id: string
    kind: string
    source: string
    first_seen_at: Moment
  }
  exclusions: {
    id: ColumnType<string, string | undefined, never>
    user_id: string
    staff_id: ColumnType<string, string | undefined, never>
    person_id: ColumnType<string, string | undefined, never>
    kind: string
    source: string
    reason: ColumnType<string, string | undefined, never>
    by_user: string | null
    since: Moment
    ended_at: MaybeMoment
  }
  exclusion_ends: {
    id: string
    exclusion_id: string
    asked_by: string
    asked_at: Moment
    reason: string
    agreed_by: string | null
    agreed_at: MaybeMoment
  }
}
