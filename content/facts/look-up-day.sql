select toDate(at) as day, because, toUInt32(count()) as look_ups
from upstander.purposes
where fact = 'look_up' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
group by day, because
