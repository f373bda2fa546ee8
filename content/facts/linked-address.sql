-- The addresses of everybody a member of staff had met or been in touch with, from then on.
with known_people as (
  select staff_id, person_id, min(since) as since
  from (
    select staff_id, person_id, first_met_at as since from upstander.meetings
    union all
    select staff_id, person_id, min(at) as since from upstander.contacts where person_id != '' and staff_id != '' group by staff_id, person_id
  )
  where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  group by staff_id, person_id
)
select
  k.staff_id as staff_id, k.person_id as person_id, k.since as since, toString(a.kind) as kind, a.lat as lat, a.lon as lon,
  a.from_on as from_on, coalesce(a.to_on, toDate32('2106-01-01')) as to_on
from known_people k
join upstander.person_addresses a on a.person_id = k.person_id
