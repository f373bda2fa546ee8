select staff_id, person_id, toDate(from_at) as from_on, toDate(least(to_at, toDateTime('2105-12-01 00:00:00', 'UTC'))) as to_on,
  if(part in ('family_liaison', 'soit', 'safeguarding'), -8, -6) as points, record_id
from upstander.reasons
where kind = 'assignment' and part not in ('engagement_plan', 'source_handler') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
