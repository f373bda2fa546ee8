-- The same count as content/figures/complaint-cluster.sql, which is held against public data with a known answer.
with
  counted as (
    select
      staff_id, complaint_id, toDate(received_on) as day,
      count() over w as within, toDateTime(min(toDate(received_on)) over w) as first_at, arraySort(groupArray((day, concat('complaints:', complaint_id))) over w).2 as records
    from upstander.complaints
    where received_on >= toDate32('1971-01-01') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window w as (partition by staff_id order by toInt32(toUInt16(toDate(received_on))) range between {days:UInt32} preceding and current row)
  )
select staff_id, '' as person_id, day as found_on, 2 as points, max(within) as count, min(first_at) as first_at, toDateTime(day) as last_at,
  arraySlice(argMax(records, (within, records)), -20) as evidence, map('last', toString(day)) as detail
from counted
where within >= {complaints:UInt32}
group by staff_id, day
