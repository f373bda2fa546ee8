select staff_id, '' as person_id, toDate(resolved_on) as found_on, 6 as points, count() as count, toDateTime(min(received_on)) as first_at, toDateTime(max(assumeNotNull(resolved_on))) as last_at,
  groupArraySorted(20)(concat('complaints:', complaint_id)) as evidence, map('last', toString(toDate(resolved_on))) as detail
from upstander.complaints
where category = 'data_misuse' and outcome = 'upheld' and resolved_on is not null and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
group by staff_id, resolved_on
