-- The addresses of everybody a member of staff had met or been in touch with, from then on.
select
  k.staff_id as staff_id, k.person_id as person_id, k.since as since, toString(a.kind) as kind, a.lat as lat, a.lon as lon,
  a.from_on as from_on, coalesce(a.to_on, toDate32('2106-01-01')) as to_on
from (select * from upstander.known_people where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) k
join upstander.person_addresses a on a.person_id = k.person_id
