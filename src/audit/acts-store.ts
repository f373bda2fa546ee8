import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Something that a table of the application says was done, and the event that the log must have for it. */
export type StoredAct = {
  readonly what: string
  /** Null where the table does not say. */
  readonly who: string | null
  readonly subject: string
  readonly at: Date
}

const kind = (what: string, { named = true, stays = true } = {}) => ({ what, named, stays })

/** The events that a table tells of as well: whether it says who, and whether its rows stay. */
export const actKinds = [
  kind('concern-decided'),
  kind('concern-decision-undone', { named: false }),
  kind('concern-recused', { stays: false }),
  kind('unmask-asked'),
  kind('unmask-granted'),
  kind('notice-entered'),
  kind('notice-ended'),
  kind('sweep-run'),
  kind('authorisation-asked'),
  kind('exception-made'),
  kind('exception-ended'),
  kind('tuning-published'),
  kind('tuning-rolled-back'),
  kind('account-made', { named: false }),
  kind('roles-confirmed', { stays: false }),
  kind('signed-in', { stays: false }),
]

/** Everything in the application's tables that must have its entry in the log. */
export const readActs = async (db: CaseworkDb): Promise<StoredAct[]> => {
  const { rows } = await sql<StoredAct>`
    select 'concern-decided' as what, by_user as who, ref as subject, at from dispositions
    union all select 'concern-decision-undone', null, ref, undone_at from dispositions where undone_at is not null
    union all select 'concern-recused', user_id, substr(source, 10), min(since) from exclusions
      where kind = 'recusal' and source like 'concerns:%' group by user_id, source
    union all select 'unmask-asked', asked_by, ref, asked_at from unmasks
    union all select 'unmask-granted', granted_by, ref, granted_at from unmasks where granted_at is not null
    union all select 'notice-entered', by_user, ref, at from notices
    union all select 'notice-ended', ended_by, ref, ended_at from notices where ended_by is not null
    union all select 'sweep-run', by_user, ref, at from sweeps
    union all select 'authorisation-asked', asked_by, ref || ' ' || concern_ref, asked_at from authorisations
    union all select 'exception-made', made_by, trim(id || ' ' || coalesce(concern_ref, '')), made_at from exceptions
    union all select 'exception-ended', ended_by, id, ended_at from exceptions where ended_by is not null
    union all select 'tuning-published', agreed_by, indicator || ' ' || content_version || '.' || edition, at
      from indicator_editions where rolled_back_to is null
    union all select 'tuning-rolled-back', made_by, indicator || ' ' || content_version || '.' || edition, at
      from indicator_editions where rolled_back_to is not null
    union all select 'account-made', null, id, created_at from users
    union all select 'roles-confirmed', answered_by, user_id, max(answered_at) from role_requests
      where answered_at is not null group by answered_by, user_id
    union all select 'signed-in', user_id, '', opened_at from sessions`.execute(db)
  return rows
}
