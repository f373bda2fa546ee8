import type { Lake } from '../lake/lake.ts'
import { readFacts } from './facts.ts'
import { createFindingTables, type FindingTable } from './finding-tables.ts'

/** What an exception covers. */
export type Excepted =
  | { readonly kind: 'pair'; readonly staffId: string; readonly personId: string }
  /** An assignment with a person, such as an engagement plan: its member of staff, its person, while it lasts. */
  | { readonly kind: 'plan'; readonly assignmentId: string }
  /** A place: stays whose centre is within the radius of a stay. Degrees. */
  | { readonly kind: 'address'; readonly lat: number; readonly lon: number }
  /** A telephone number, E.164. */
  | { readonly kind: 'number'; readonly number: string }

/** What a person said need not be shown, and for how long: a finding dated within these days is set aside. */
export type Exception = {
  readonly id: string
  readonly covers: Excepted
  /** First and last day, `YYYY-MM-DD`. */
  readonly fromOn: string
  readonly untilOn: string
}

const exceptionsShape = `(id String, kind String, staff_id String, person_id String, record_id String, lat Float64, lon Float64, number String, from_on Date, until_on Date)
  engine = MergeTree order by id`

const matchesShape = `(staff_id String, person_id String, indicator String, found_on Date, exception String)
  engine = MergeTree order by (staff_id, person_id)`

/**
 * Moves findings that an exception covers out of a table, into one where they are kept and counted. A number or a place covers a
 * finding only where every contact, stay and look-up that the finding quotes is with that number or at that place.
 */
export const setAsideExcepted = async (
  lake: Lake,
  from: FindingTable,
  into: 'excepted_findings' | undefined,
  exceptions: readonly Exception[],
): Promise<void> => {
  if (into !== undefined) await createFindingTables(lake, [into], [into])
  if (exceptions.length === 0) return
  await lake.run(`create or replace table upstander.exceptions ${exceptionsShape}`)
  await lake.insert('upstander.exceptions', exceptions.map(rowOf))
  await lake.run(`create or replace table upstander.exception_matches ${matchesShape}`)
  await lake.run(`insert into upstander.exception_matches ${matches(from)}`, {
    stay_radius_m: readFacts().settings['stay_radius_m'],
  })
  if (into !== undefined)
    await lake.run(
      `insert into upstander.${into}
       select m.exception, f.* from upstander.${from} f join upstander.exception_matches m
         on m.staff_id = f.staff_id and m.person_id = f.person_id and m.indicator = f.indicator and m.found_on = f.found_on`,
    )
  await lake.run(
    `delete from upstander.${from} where (staff_id, person_id, indicator, found_on) in
       (select staff_id, person_id, indicator, found_on from upstander.exception_matches)`,
  )
}

const rowOf = ({ id, covers, fromOn, untilOn }: Exception): object => ({
  id,
  kind: covers.kind,
  staff_id: covers.kind === 'pair' ? covers.staffId : '',
  person_id: covers.kind === 'pair' ? covers.personId : '',
  record_id: covers.kind === 'plan' ? `assignments:${covers.assignmentId}` : '',
  lat: covers.kind === 'address' ? covers.lat : 0,
  lon: covers.kind === 'address' ? covers.lon : 0,
  number: covers.kind === 'number' ? covers.number : '',
  from_on: fromOn,
  until_on: untilOn,
})

/** One row for each finding that is covered, with the exception of the lowest id that covers it. */
const matches = (table: FindingTable): string => `
  with
    pairs as (
      select f.staff_id as staff_id, f.person_id as person_id, f.indicator as indicator, f.found_on as found_on, x.id as exception
      from upstander.${table} f
      join (
        select id, staff_id, person_id, from_on, until_on from upstander.exceptions where kind = 'pair'
        union all
        select x.id, r.staff_id, r.person_id, greatest(x.from_on, toDate(r.from_at)), least(x.until_on, toDate(r.to_at))
        from upstander.exceptions x join upstander.reasons r on r.record_id = x.record_id
        where x.kind = 'plan' and r.kind = 'assignment'
      ) x on x.staff_id = f.staff_id and x.person_id = f.person_id
      where f.found_on >= x.from_on and f.found_on <= x.until_on
    ),
    covered as (
      select distinct x.id as exception, c.record_id as record, x.from_on as from_on, x.until_on as until_on
      from upstander.exceptions x join upstander.contacts c on c.other_address = x.number
      where x.kind = 'number'
      union all
      select distinct x.id, s.record_id, x.from_on, x.until_on
      from upstander.address_stays s cross join (select * from upstander.exceptions where kind = 'address') x
      where geoDistance(s.lon, s.lat, x.lon, x.lat) <= {stay_radius_m:Float64}
    ),
    quoted as (
      select staff_id, person_id, indicator, found_on, arrayJoin(activity) as record, length(activity) as records
      from (
        select staff_id, person_id, indicator, found_on,
          arrayDistinct(arrayFilter(id -> match(id, '^(stay|billing|messages|system_access):'), evidence)) as activity
        from upstander.${table}
        where unit = 'pair' and (select count() from upstander.exceptions where kind in ('number', 'address')) > 0
      )
    ),
    by_record as (
      select q.staff_id as staff_id, q.person_id as person_id, q.indicator as indicator, q.found_on as found_on, c.exception as exception
      from quoted q join covered c on c.record = q.record
      where q.found_on >= c.from_on and q.found_on <= c.until_on
      group by q.staff_id, q.person_id, q.indicator, q.found_on, c.exception, q.records
      having uniqExact(q.record) = q.records
    )
  select staff_id, person_id, indicator, found_on, min(exception) as exception
  from (select * from pairs union all select * from by_record)
  group by staff_id, person_id, indicator, found_on`
