import { builtTables } from '../lake/built-tables.ts'
import type { Lake } from '../lake/lake.ts'

/** A member of the unit in the staff records, with themselves and those close to them as members of the public. */
export type UnitMember = {
  readonly staffId: string
  /** `kind` is `self` for themselves. */
  readonly people: readonly { readonly personId: string; readonly kind: string }[]
}

/** Look-ups in the force's systems that a member of the unit made of themselves, their own address, or somebody close. */
export type OwnLookUps = {
  readonly staffId: string
  readonly of: 'self' | 'address' | 'close'
  readonly times: number
  /** ISO, UTC. */
  readonly firstAt: string
  readonly lastAt: string
  /** Newest first, a few: `system_access:key`. */
  readonly records: readonly string[]
}

/** Most records quoted of each. */
const mostRecords = 5

/**
 * Look-ups by unit staff of their own id, person, number, mailbox or home address, and of partners, family and others they are known
 * to be close to, newest first. It says whose, how often and in which records, and not of whom.
 */
export const readOwnLookUps = async (
  lake: Lake,
  members: readonly UnitMember[],
  /** `YYYY-MM-DD`. */
  since: string,
): Promise<OwnLookUps[]> => {
  if (members.length === 0) return []
  const built = await builtTables(lake)
  if (!['lookups', 'system_access', 'staff'].every(table => built.has(table))) return []
  const pairs = members.flatMap(({ staffId, people }) =>
    people.map(({ personId, kind }) => ({ staffId, personId, of: kind === 'self' ? 'self' : 'close' })),
  )
  const rows = await lake.rows<{
    staff_id: string
    of: OwnLookUps['of']
    times: number
    first_at: string
    last_at: string
    records: string[]
  }>(
    `with
       close as (
         select t.1 as staff_id, t.2 as person_id, t.3 as of
         from (select arrayJoin(arrayZip({staff:Array(String)}, {people:Array(String)}, {of:Array(String)})) as t)
       ),
       made as (
         select access_id, staff_id, at, toString(subject_kind) as kind, lower(coalesce(subject_id, '')) as subject from upstander.system_access
         where staff_id in {unit:Array(String)} and toDate(at) >= {since:Date}
       ),
       hits as (
         select concat('system_access:', m.access_id) as record_id, m.staff_id as staff_id, m.at as at,
           if(m.kind = 'address', 'address', 'self') as of
         from made m
         join (
           select staff_id, lower(coalesce(personal_number, '')) as number, lower(coalesce(personal_email, '')) as mailbox,
             coalesce(home_lat, 0) as lat, coalesce(home_lon, 0) as lon
           from upstander.staff where staff_id in {unit:Array(String)}
         ) s on s.staff_id = m.staff_id
         where m.subject != '' and (
           m.kind = 'address' and s.lat != 0
             and abs(toFloat64OrZero(splitByChar(' ', m.subject)[1]) - s.lat) < 0.0003 and abs(toFloat64OrZero(splitByChar(' ', m.subject)[-1]) - s.lon) < 0.0005
           or m.kind != 'address' and (m.subject in (s.number, s.mailbox, lower(s.staff_id)) or m.kind = 'criteria' and position(m.subject, lower(s.staff_id)) > 0))
         union distinct
         select l.record_id, l.staff_id, l.at, c.of
         from (select record_id, staff_id, person_id, at from upstander.lookups where staff_id in {unit:Array(String)} and toDate(at) >= {since:Date}) l
         join close c on c.staff_id = l.staff_id and c.person_id = l.person_id
       )
     select staff_id, of, uniqExact(record_id) as times, concat(replaceOne(toString(min(at)), ' ', 'T'), 'Z') as first_at,
       concat(replaceOne(toString(max(at)), ' ', 'T'), 'Z') as last_at,
       arraySlice(arrayMap(x -> x.2, arrayReverseSort(groupUniqArray((at, record_id)))), 1, {most:UInt32}) as records
     from hits group by staff_id, of order by last_at desc, staff_id, of`,
    {
      staff: pairs.map(pair => pair.staffId),
      people: pairs.map(pair => pair.personId),
      of: pairs.map(pair => pair.of),
      unit: members.map(member => member.staffId),
      since,
      most: mostRecords,
    },
  )
  return rows.map(row => ({
    staffId: row.staff_id,
    of: row.of,
    times: row.times,
    firstAt: row.first_at,
    lastAt: row.last_at,
    records: row.records,
  }))
}
