import { sql } from 'kysely'
import type { CaseworkDb } from '../casework-store/casework-store.ts'
import { AppError } from '../core/errors.ts'

/** Who adds to the log: one process at a time. */
export type LogHolder = {
  /** The log this store belongs to. */
  readonly origin: string
  /** Names the log had under earlier keys. */
  readonly earlier: readonly string[]
  /** Machine and data folder: a process that holds both is the next one after a crash. */
  readonly holder: string
  /** Different for every process. */
  readonly token: string
}

/** Seconds for which a process alone may append; renewed while it lives. */
export const leaseSeconds = 30

/**
 * The number of the last entry, once it is certain that this process may add the next. Within the caller's transaction and turn.
 * @throws AppError LOG_CHANGED when the store belongs to another log, LOG_FAILED while another process adds to it
 */
export const lastEntryFor = async (db: CaseworkDb, mine: LogHolder): Promise<number> => {
  const { rows } = await sql<{
    last: number
    origin: string | null
    token: string | null
    holder: string
    held: boolean
    late: boolean
  }>`
    select last_audit_entry() as last, origin, token, holder,
      until > clock_timestamp() as held, until < clock_timestamp() + make_interval(secs => ${leaseSeconds / 2}) as late
    from (select 1) as always left join audit_log on true`.execute(db)
  const [row] = rows
  if (row === undefined) throw new AppError('CASEWORK_FAILED', 'The casework store gave no answer.')
  if (row.origin !== null && row.origin !== mine.origin && !mine.earlier.includes(row.origin))
    throw new AppError(
      'LOG_CHANGED',
      `This casework store belongs to the log ${row.origin}, and the key in the data folder is of ${mine.origin}. Use the data folder and the key that belong together.`,
    )
  const ours = row.token === mine.token
  if (!ours && row.held && row.holder !== mine.holder)
    throw new AppError(
      'LOG_FAILED',
      `Another process adds to the log of this casework store (${row.holder}). Stop it first; half a minute after it died this one may go on.`,
    )
  if (!ours || row.late) await renew(db, mine)
  return row.last
}

const renew = async (db: CaseworkDb, mine: LogHolder): Promise<void> => {
  await sql`
    insert into audit_log (origin, holder, token, until)
    values (${mine.origin}, ${mine.holder}, ${mine.token}, clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    on conflict (one) do update set origin = excluded.origin, holder = excluded.holder, token = excluded.token, until = excluded.until`.execute(
    db,
  )
}

/** Keeps the turn of a process that has nothing to append. */
export const keepLease = async (db: CaseworkDb, { token }: LogHolder): Promise<void> => {
  await sql`update audit_log set until = clock_timestamp() + make_interval(secs => ${leaseSeconds}) where token = ${token}`.execute(
    db,
  )
}

/** Lets another process in at once. */
export const endLease = async (db: CaseworkDb, { token }: LogHolder): Promise<void> => {
  await sql`update audit_log set until = clock_timestamp() where token = ${token}`.execute(db)
}

/** Ends whatever turn a restored store remembers: the process that had it wrote to the store the copy was made of. */
export const endEveryLease = async (db: CaseworkDb): Promise<void> => {
  await sql`update audit_log set until = clock_timestamp()`.execute(db)
}
