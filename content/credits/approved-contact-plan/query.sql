select staff_id, person_id, toDate(from_at) as from_on,
  toDate(coalesce(to_at, if(part = 'engagement_plan', from_at + toIntervalDay({plan_days:UInt32}), toDateTime('2105-12-01 00:00:00', 'UTC')))) as to_on, -8 as points, concat('assignments:', assignment_id) as record_id
from upstander.assignments
where part = 'engagement_plan' and approved_by != '' and approved_by != staff_id and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
