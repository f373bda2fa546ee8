select staff_id, person_id, min(greatest(from_at, known_at)) as first_met_at, argMin(record_id, greatest(from_at, known_at)) as record_id
from upstander.reasons
where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
group by staff_id, person_id
