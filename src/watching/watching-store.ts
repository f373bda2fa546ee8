import { sql } from 'kysely'
import type { AuditEvent } from '../audit/audit-events.ts'
import type { CaseworkDb } from '../casework-store/casework-store.ts'

/** Concerns that one person opened one after the other. */
export type OpenedInARow = {
  readonly who: string
  readonly concerns: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Runs of openings with little time between, newest first. */
export const selectInARow = async (
  db: CaseworkDb,
  asked: { readonly since: Date; readonly gapSeconds: number; readonly concerns: number },
): Promise<OpenedInARow[]> => {
  const { rows } = await sql<OpenedInARow>`
    with opened as (
      select who, subject, at, seq,
        case when at - lag(at) over (partition by who order by seq) <= make_interval(secs => ${asked.gapSeconds}) then 0 else 1 end as begins
      from audit_entries where what = 'concern-read' and outcome = 'allowed' and who <> '' and at >= ${asked.since}
    ), runs as (
      select who, subject, at, sum(begins) over (partition by who order by seq) as run from opened
    ), subjects as (
      select who, run, min(at) as first_at, max(at) as last_at from runs group by who, run, subject
    )
    select who, count(*)::int as concerns, min(first_at) as "firstAt", max(last_at) as "lastAt"
    from subjects group by who, run having count(*) >= ${asked.concerns} order by max(last_at) desc`.execute(
    db,
  )
  return rows
}

/** Reading of police data by one person on one day, outside hours. */
export type OutOfHours = {
  readonly who: string
  /** `YYYY-MM-DD`, UK. */
  readonly day: string
  readonly entries: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Reading outside hours, newest day first. */
export const selectOutOfHours = async (
  db: CaseworkDb,
  asked: {
    readonly since: Date
    readonly what: readonly string[]
    readonly from: number
    readonly to: number
    /** Days that are no working days beside Saturdays and Sundays, `YYYY-MM-DD`. */
    readonly holidays: readonly string[]
  },
): Promise<OutOfHours[]> => {
  const { rows } = await sql<OutOfHours>`
    with reading as materialized (
      select who, at, at at time zone 'Europe/London' as local from audit_entries
      where what = any(${[...asked.what]}::text[]) and outcome in ('allowed', 'done') and who <> '' and at >= ${asked.since}
    )
    select who, local::date as day, count(*)::int as entries, min(at) as "firstAt", max(at) as "lastAt" from reading
    where extract(hour from local) < ${asked.from} or extract(hour from local) >= ${asked.to} or extract(isodow from local) > 5
      or local::date = any(${[...asked.holidays]}::date[])
    group by who, local::date order by day desc, entries desc, who`.execute(db)
  return rows
}

/** A kind of page that somebody opened for the first time. */
export type FirstEver = { readonly who: string; readonly what: string; readonly at: Date }

/** First times of people who had worked with the product for a while, newest first. */
export const selectFirstEver = async (
  db: CaseworkDb,
  asked: { readonly since: Date; readonly what: readonly string[]; readonly afterDays: number },
): Promise<FirstEver[]> => {
  const { rows } = await sql<FirstEver>`
    with firsts as (
      select who, what, min(at) filter (where outcome in ('allowed', 'done')) as at, min(min(at)) over (partition by who) as begun
      from audit_entries where who <> '' group by who, what
    )
    select who, what, at from firsts
    where what = any(${[...asked.what]}::text[]) and at >= ${asked.since} and at >= begun + make_interval(days => ${asked.afterDays})
    order by at desc, who, what`.execute(db)
  return rows
}

/** How often one person did something, and when last. */
export type TimesOfOne = { readonly who: string; readonly times: number; readonly lastAt: Date }

/** How often people asked for, or agreed to, more unmasking than the quota lets through, newest first. */
export const selectBeyondQuota = async (db: CaseworkDb, since: Date): Promise<TimesOfOne[]> =>
  await countedEvents(db, 'unmask-beyond-quota', since)

/** How often people searched for themselves in the product, newest first. */
export const selectOwnSearches = async (db: CaseworkDb, since: Date): Promise<TimesOfOne[]> =>
  await countedEvents(db, 'own-name-searched', since)

const countedEvents = async (db: CaseworkDb, what: AuditEvent, since: Date): Promise<TimesOfOne[]> => {
  const rows = await db
    .selectFrom('audit_entries')
    .select(({ fn }) => ['who', fn.countAll<number>().as('times'), fn.max('at').as('lastAt')])
    .where('what', '=', what)
    .where('at', '>=', since)
    .groupBy('who')
    .orderBy('lastAt', 'desc')
    .execute()
  return rows.map(row => ({ who: row.who, times: row.times, lastAt: row.lastAt }))
}

/** Unit staff who are in the staff records, and who is close to each: to look for look-ups of those in the records. */
export const selectUnitStaff = async (
  db: CaseworkDb,
): Promise<
  readonly {
    readonly userId: string
    readonly staffId: string
    /** Themselves as a member of the public, and those close to them. */
    readonly people: readonly { readonly personId: string; readonly kind: string }[]
  }[]
> => {
  // The store gives everybody to those who oversee the unit, and themselves alone to others.
  const { rows } = await sql<{
    user_id: string
    staff_id: string
    person_id: string | null
    kind: string | null
  }>`select user_id, staff_id, person_id, kind from unit_people()`.execute(db)
  return [...Map.groupBy(rows, row => row.user_id)].map(([userId, own]) => ({
    userId,
    staffId: own[0]?.staff_id ?? '',
    people: own.flatMap(({ person_id, kind }) =>
      person_id === null || kind === null ? [] : [{ personId: person_id, kind }],
    ),
  }))
}
