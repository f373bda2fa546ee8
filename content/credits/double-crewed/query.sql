with windows as (
  select staff_id, person_id, toDate(start_at) as day, count() over w as n, countIf(crew_size >= 2) over w as crewed, record_id
  from upstander.address_stays
  where certainty = 'known' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  window w as (partition by staff_id, person_id order by toInt32(toUInt16(toDate(start_at))) range between 27 preceding and current row)
)
select staff_id, person_id, day as from_on, day + 7 as to_on, -3 as points, any(record_id) as record_id
from windows
where crewed * 2 >= n
group by staff_id, person_id, day
