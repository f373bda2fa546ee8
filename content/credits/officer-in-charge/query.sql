select staff_id, person_id, toDate(greatest(from_at, known_at)) as from_on, toDate(least(to_at, toDateTime('2105-12-01 00:00:00', 'UTC')) + toIntervalHour({handover_grace_hours:UInt32})) as to_on, -5 as points, record_id
from upstander.reasons
where kind = 'allocation' and part in ('officer_in_charge', 'team', 'victim_contact') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
