import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'
import type { Explanation } from './explanations.ts'

type Asked = {
  readonly staffId: string
  readonly personId: string
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
}

/** What no record explains, as every query reads it: handed over once rather than worked out for each. */
const eventsTable = `events as (
  select e.fact as fact, e.record_id as record_id, toDateTime(e.at, 'UTC') as at, toDateTime(e.until, 'UTC') as until,
    e.duty_state as duty_state, e.unit_id as unit_id, e.attribution as attribution, e.lat as lat, e.lon as lon
  from (select arrayJoin(JSONExtract({events:String}, 'Array(Tuple(fact String, record_id String, at UInt32, until UInt32,
    duty_state String, unit_id String, attribution String, lat Float64, lon Float64))')) as e))`

/** What shows an explanation. */
export type Shown = {
  /** Up to five records, as `feed:key`. */
  readonly records: readonly string[]
  /** The last day on which a credit held, `YYYY-MM-DD`, where that was before the last day asked about. */
  readonly until: string | undefined
}

/** What the records show, by the id of the explanation. Two queries answer for all. */
export const readShown = async (
  lake: Lake,
  explanations: readonly Explanation[],
  eventsSql: string,
  asked: Asked,
): Promise<ReadonlyMap<string, Shown>> => {
  const built = await builtTables(lake)
  const has = (table: string): boolean => built.has(table)
  const given = {
    staff: asked.staffId,
    person: asked.personId,
    from: `${asked.from} 00:00:00`,
    to: `${asked.to} 23:59:59`,
  }
  const events = has('purposes') && asked.personId !== '' ? await lake.kept(eventsSql, given) : []
  const queries = explanations.flatMap(({ id, test }) => {
    if (test.by !== 'query' || !has('purposes')) return []
    if (test.about === 'pair' && asked.personId === '') return []
    // What only unexplained events could show is not shown where there are none.
    return events.length === 0 && /\bevents\b/.test(test.query) ? [] : [partOf(id, test.query)]
  })
  const credits = explanations.flatMap(({ id, test }) =>
    test.by === 'credit' && has('credits') ? [{ id, credit: test.credit.id }] : [],
  )
  const parts = credits.length === 0 ? queries : [...queries, creditPart]
  if (parts.length === 0) return new Map()
  const rows = await lake.kept<{ id: string; records: string[]; last: string }>(
    `with ${eventsTable}
     select id, groupUniqArray(5)(record) as records, toString(max(until)) as last from (${parts.join('\nunion all\n')}) group by id`,
    {
      ...given,
      events: JSON.stringify(events),
      credits: credits.map(each => each.credit),
      ids: credits.map(each => each.id),
    },
  )
  return new Map(
    rows.map(row => [
      row.id,
      {
        records: row.records.filter(record => record !== '').toSorted(),
        until: row.last < asked.to ? row.last : undefined,
      },
    ]),
  )
}

const partOf = (id: string, sql: string): string =>
  `select '${id}' as id, toString(record) as record, toDate32({to:DateTime}) as until from (${sql})`

/** All credits in one part: each part costs the lake some milliseconds to plan. */
const creditPart = `select transform(toString(credit), {credits:Array(String)}, {ids:Array(String)}, '') as id, toString(record_id) as record,
    toDate32(to_on) as until
  from upstander.credits
  where credit in {credits:Array(String)} and staff_id = {staff:String} and person_id in ({person:String}, '')
    and from_on <= toDate32({to:DateTime}) and to_on >= toDate32({from:DateTime})`
