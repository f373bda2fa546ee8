with
  days as (
    select staff_id, person_id, known_on, count() as n, min(at) as first_at, max(at) as last_at, max(part_ended_at) as ended, groupArraySorted(20)(record_id) as records
    from upstander.unexplained_events
    where fact = 'contact' and own_doing and open_case and part_ended_at > toDateTime(0)
      and at > part_ended_at + toIntervalHour({after_hours:UInt32}) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, records, last_at, ended, sum(n) over w as total, min(first_at) over w as began
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 7 as points, total as count, began as first_at, last_at, records as evidence,
  map('ended', toString(toDate(ended))) as detail
from windows
where total >= {min_contacts:UInt32}
