with
  known_people as (
    select staff_id, person_id, min(since) as since
    from (
      select staff_id, person_id, first_met_at as since from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      union all
      select staff_id, person_id, min(at) as since from upstander.contacts where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
    )
    group by staff_id, person_id
  ),
  views as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, p.known_on as known_on
    from (select record_id, staff_id, person_id, at from upstander.lookups where action = 'image_view' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) l
    join (select record_id, person_id, known_on from upstander.purposes where fact = 'look_up' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = l.record_id and p.person_id = l.person_id
    join known_people k on k.staff_id = l.staff_id and k.person_id = l.person_id
    where k.since <= l.at
  ),
  moments as (
    select m.staff_id as staff_id, m.known_on as found_on, uniqExact(e.person_id, toStartOfHour(e.at)) as n
    from (select distinct staff_id, known_on from views) m
    join views e on e.staff_id = m.staff_id
    where e.known_on <= m.known_on and e.known_on > m.known_on - {window_days:UInt32}
    group by m.staff_id, m.known_on
    having n >= {min_views:UInt32}
  )
select m.staff_id as staff_id, e.person_id as person_id, m.found_on as found_on, 6 as points, any(m.n) as count, min(e.at) as first_at, max(e.at) as last_at,
  groupArraySorted(20)(distinct e.record_id) as evidence, map() as detail
from moments m
join views e on e.staff_id = m.staff_id
where e.known_on <= m.found_on and e.known_on > m.found_on - {window_days:UInt32}
group by m.staff_id, e.person_id, m.found_on
