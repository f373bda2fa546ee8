select staff_id, person_id, toDate(from_at) as from_on, toDate(least(to_at, toDateTime('2105-12-01 00:00:00', 'UTC'))) as to_on, -7 as points, record_id
from upstander.reasons
where kind = 'assignment' and part = 'engagement_plan' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
