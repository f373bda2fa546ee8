select staff_id, person_id, min(greatest(from_at, known_at)) as first_met_at, argMin(r.record_id, (greatest(from_at, known_at), r.record_id)) as record_id
from upstander.reasons r
where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
group by staff_id, person_id
