import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Json, MaybeJson, MaybeMoment, Moment } from './column-types.ts'
import type { ConflictTables } from './conflict-tables.ts'
import type { OversightTables } from './oversight-tables.ts'
import type { RetentionTables } from './retention-tables.ts'

/** The tables of the casework store that our own code reads, as `db/migrations` makes them. Days are `YYYY-MM-DD` text. */
export type CaseworkTables = ConflictTables &
  RetentionTables &
  OversightTables & {
    users: {
      id: string
      name: string
      email: string
      email_verified: boolean
      image: string | null
      /** The row of the feed `staff` that this person is; null for one who is not in it. */
      staff_id: ColumnType<string | null, string | null | undefined, string | null>
      disabled_at: MaybeMoment
      password_expires_at: MaybeMoment
      created_at: Moment
      updated_at: Moment
    }
    user_roles: { user_id: string; role: string; given_by: string; given_at: Moment }
    sessions: {
      id: string
      user_id: string
      token: string
      expires_at: Moment
      user_agent: string | null
      ip_address: string | null
      method: string
      second_step: boolean
      opened_at: Moment
      seen_at: Moment
      proved_at: Moment
      /** The directory's own name for the visit; null where it gave none, and for every other way to sign in. */
      directory_visit: ColumnType<string | null, string | null | undefined, string | null>
      created_at: Moment
      updated_at: Moment
    }
    accounts: {
      id: string
      user_id: string
      provider_id: string
      account_id: string
      password: string | null
      created_at: Moment
      updated_at: Moment
    }
    authenticators: {
      user_id: string
      secret: string
      made_at: Moment
      confirmed_at: MaybeMoment
      last_counter: ColumnType<number, number | undefined, number>
    }
    recovery_codes: { user_id: string; hash: string; used_at: MaybeMoment }
    passkeys: {
      id: string
      user_id: string
      public_key: string
      counter: number
      transports: string
      name: string
      made_at: Moment
      used_at: MaybeMoment
    }
    sign_in_steps: {
      id: string
      kind: string
      user_id: string | null
      detail: Json
      tries: ColumnType<number, number | undefined, number>
      expires_at: Moment
    }
    role_requests: {
      id: string
      user_id: string
      role: string
      asked_by: string
      asked_at: Moment
      answered_by: string | null
      answered_at: MaybeMoment
      granted: boolean | null
    }
    sign_in_failures: { id: GeneratedAlways<number>; bucket: string; at: Moment }
    audit_entries: {
      seq: number
      at: Moment
      who: string
      what: string
      subject: string
      why: string
      came_from: string
      outcome: string
      /** Empty once the entry is anonymised, as are who, subject, why and came_from. */
      salt: string
      leaf: string
      mac: string
    }
    audit_entries_before: { seq: number; at: Moment; hash: string }
    audit_log: {
      one: ColumnType<boolean, boolean | undefined, never>
      origin: string
      holder: string
      token: string
      until: Moment
    }
    concerns: {
      ref: string
      staff_id: string
      person_id: string
      status: string
      band: string
      points: number
      bonus: number
      account: string
      parts: Json
      reached_on: Json
      fingerprint: string
      on_day: string
      opened_at: Moment
      waiting_since: MaybeMoment
      due_on: string | null
      watch_until: string | null
      closed_at: MaybeMoment
      decided_band: string | null
      version: ColumnType<number, number | undefined, number>
    }
    concern_evidence: { ref: string; evidence_id: string; first_seen_at: Moment; gone_at: MaybeMoment }
    concern_history: {
      id: GeneratedAlways<number>
      ref: string
      at: Moment
      kind: string
      by_user: string | null
      detail: Json
      entered_review_on: string | null
    }
    dispositions: {
      id: GeneratedAlways<number>
      ref: string
      kind: string
      explanation: string | null
      until_on: string | null
      reason: string
      by_user: string
      at: Moment
      band: string
      points: number
      before: Json
      undone_at: MaybeMoment
    }
    unmasks: {
      id: string
      ref: string
      asked_by: string
      asked_at: Moment
      reason: string
      granted_by: string | null
      granted_at: MaybeMoment
      expires_at: MaybeMoment
    }
    sweeps: {
      id: string
      ref: string
      by_user: string
      at: Moment
      authorisation: string
      basis: string
      necessity: string
      proportionality: string
      result: Json
    }
    notices: {
      id: string
      ref: string
      kind: string
      since: Moment
      people: Json
      colleagues: Json
      authorisation: string
      reason: string
      by_user: string
      at: Moment
      checked_at: MaybeMoment
      ended_at: MaybeMoment
      ended_by: string | null
      end_reason: string | null
    }
    tip_offs: {
      notice_id: string
      staff_id: string
      person_id: string
      record_id: string
      kind: string
      at: Moment
      says: string
      explained: boolean
      first_seen_at: Moment
    }
    raise_runs: {
      id: GeneratedAlways<number>
      at: Moment
      on_day: string | null
      staff_count: number
      opened: number
      joined: number
      reopened: number
      unchanged: number
    }
    indicator_drafts: {
      indicator: string
      content_version: number
      changes: Json
      made_by: string
      changed_at: Moment
      preview: MaybeJson
      previewed_at: MaybeMoment
      reason: string
      asked_at: MaybeMoment
      version: ColumnType<number, number | undefined, number>
    }
    indicator_editions: {
      indicator: string
      edition: number
      content_version: number
      changes: Json
      preview: MaybeJson
      reason: string
      made_by: string
      agreed_by: string | null
      rolled_back_to: number | null
      at: Moment
    }
    disposition_indicators: {
      disposition: number
      indicator: string
      version: number
      edition: number
      points: number
    }
    exceptions: {
      id: string
      kind: string
      staff_id: string | null
      person_id: string | null
      assignment_id: string | null
      lat: number | null
      lon: number | null
      number: string | null
      concern_ref: string | null
      reason: string
      owner: string
      from_on: string
      until_on: string
      made_by: string
      made_at: Moment
      ended_by: string | null
      ended_at: MaybeMoment
      withdrawn: ColumnType<boolean, boolean | undefined, boolean>
    }
  }
