import { readFacts } from '../detection/facts.ts'
import type { Lake } from '../lake/lake.ts'
import type { Offending } from './subject.ts'
import type { Trail } from './trail.ts'
import type { Window } from './window.ts'

const none: Trail = { events: 0, unexplained: 0, families: 0 }

/** What the records hold of every offender, by member of staff, from the day they began to the last of the window. Detect first. */
export const readTrails = async (
  lake: Lake,
  offenders: ReadonlyMap<string, Offending>,
  { to }: Window,
): Promise<Map<string, Trail>> => {
  const pairs = [...offenders].flatMap(([staffId, { victims, from }]) =>
    [...victims].map(personId => ({ staffId, personId, from: from ?? '1970-01-01' })),
  )
  const rows = await lake.rows<Trail & { staffId: string }>(trails, {
    staff: pairs.map(each => each.staffId),
    people: pairs.map(each => each.personId),
    from: pairs.map(each => each.from),
    to,
    stay_radius_m: readFacts().settings['stay_radius_m'],
  })
  const held = new Map(rows.map(({ staffId, ...trail }) => [staffId, trail]))
  return new Map([...offenders.keys()].map(staffId => [staffId, held.get(staffId) ?? none]))
}

// A unit that only went by is no visit: as the indicators, a stay within the circle about the home is.
const trails = `
  with
    pairs as (
      select each.1 as staff_id, each.2 as person_id, each.3 as from_on
      from (select arrayJoin(arrayZip({staff:Array(String)}, {people:Array(String)}, {from:Array(Date)})) as each)
    ),
    visits as (
      select record_id, staff_id, person_id from upstander.address_stays
      where level = 'stay' and distance_m <= {stay_radius_m:Float64} and (staff_id, person_id) in (select staff_id, person_id from pairs)
    ),
    held as (
      select p.staff_id as staff_id, count() as events, countIf(not e.explained) as unexplained, 0 as families
      from pairs p
      join (
        select staff_id, person_id, at, explained from upstander.purposes
        where (staff_id, person_id) in (select staff_id, person_id from pairs)
          and (fact != 'stay' or (record_id, staff_id, person_id) in (select record_id, staff_id, person_id from visits))
      ) e on e.staff_id = p.staff_id and e.person_id = p.person_id
      where toDate(e.at) >= p.from_on and toDate(e.at) <= {to:Date}
      group by p.staff_id
    ),
    found as (
      select p.staff_id as staff_id, 0 as events, 0 as unexplained, uniqExact(f.family) as families
      from pairs p
      join (select staff_id, person_id, family, found_on from upstander.findings where unit = 'pair' and family != 'F9') f
        on f.staff_id = p.staff_id and f.person_id = p.person_id
      where f.found_on >= p.from_on and f.found_on <= {to:Date}
      group by p.staff_id
    )
  select staff_id as staffId, toUInt32(sum(events)) as events, toUInt32(sum(unexplained)) as unexplained, toUInt32(max(families)) as families
  from (select * from held union all select * from found)
  group by staff_id`
