import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { actSources, type ActSource } from './act-sources.ts'

/** Something that a table of the application says was done. */
export type StoredAct = {
  /** The kind of act, as `actKinds` names it. */
  readonly what: string
  /** Null where the table does not say. */
  readonly who: string | null
  /** Empty where the table cannot tell. */
  readonly subject: string
  readonly at: Date
}

/** How the acts of each kind are compared with the log. */
export const actKinds = actSources.map(({ what, events, by, subject, goes = false }) => ({
  what,
  events,
  named: by !== undefined,
  about: subject !== undefined,
  stays: !goes,
}))

const selectOf = ({ what, table, by, subject, at, where, many = false }: ActSource): string =>
  `select ${many ? 'distinct ' : ''}'${what}' as what, ${by ?? 'null'} as who, ${subject ?? "''"} as subject, ${at} as at
   from ${table} where ${where ?? 'true'}`

/** Everything in the application's tables that must have its entry in the log. */
export const readActs = async (db: CaseworkDb): Promise<StoredAct[]> => {
  const every = actSources.map(source => sql`${sql.raw(selectOf(source))}`)
  const { rows } = await sql<StoredAct>`${sql.join(every, sql` union all `)}`.execute(db)
  return rows
}
