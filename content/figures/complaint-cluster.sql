-- Members of staff about whom {complaints} or more complaints were received within {days} days, both ends included:
-- one row for each day on which that was so, with how many. The first such day is when it could first have been known.
-- Reads upstander.complaints; several complaints of one day count from that day on.
select staff_id, found_on, max(within) as complaints_within
from (
  select
    staff_id,
    toDate(received_on) as found_on,
    count() over (
      partition by staff_id order by toInt32(toDate(received_on)) range between {days:UInt32} preceding and current row
    ) as within
  from upstander.complaints
  where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
)
group by staff_id, found_on
having complaints_within >= {complaints:UInt32}
