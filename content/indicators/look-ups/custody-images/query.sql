with
  -- Only pairs with such a view are asked about: of all that anybody met they are few.
  viewed as (
    select distinct staff_id, person_id from upstander.look_up_residue where action = 'image_view' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  known_people as (
    select staff_id, person_id, min(since) as since
    from (
      select staff_id, person_id, first_met_at as since from upstander.meetings where (staff_id, person_id) in viewed
      union all
      select staff_id, person_id, min(at) as since from upstander.contacts where (staff_id, person_id) in viewed group by staff_id, person_id
    )
    group by staff_id, person_id
  ),
  views as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, p.known_on as known_on
    from (select record_id, staff_id, person_id, at from upstander.look_up_residue where action = 'image_view' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) l
    join (select record_id, person_id, known_on from upstander.unexplained_events where fact = 'look_up' and (staff_id, person_id) in viewed) p
      on p.record_id = l.record_id and p.person_id = l.person_id
    join known_people k on k.staff_id = l.staff_id and k.person_id = l.person_id
    where k.since <= l.at
  ),
  -- All of a member of staff together: held against one another as rows, everything before would be worked out three times.
  gathered as (select staff_id, groupArray((known_on, person_id, at, record_id)) as seen from views group by staff_id),
  moments as (
    select staff_id, found_on, arrayFilter(e -> e.1 <= found_on and e.1 > found_on - {window_days:UInt32}, seen) as here,
      length(arrayDistinct(arrayMap(e -> (e.2, toStartOfHour(e.3)), here))) as n
    from gathered
    array join arrayDistinct(arrayMap(e -> e.1, seen)) as found_on
    where n >= {min_views:UInt32}
  )
select staff_id, e.2 as person_id, found_on, 6 as points, any(n) as count, min(e.3) as first_at, max(e.3) as last_at,
  groupArraySorted(20)(distinct e.4) as evidence, map() as detail
from moments
array join here as e
group by staff_id, person_id, found_on
