select staff_id, person_id, min(since) as since
from (
  select staff_id, person_id, first_met_at as since from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  union all
  select staff_id, person_id, min(at) as since
  from upstander.contacts
  where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  group by staff_id, person_id
)
group by staff_id, person_id
