with
  late as (
    select
      staff_id, person_id, record_id, at, known_on, shared, toTimeZone(at, 'Europe/London') as local,
      -- A night has the date of its evening.
      toDate(local - toIntervalHour({to_hour:UInt32})) as night
    from upstander.unexplained_events
    where fact = 'contact' and direction = 'out' and kind in ('sms', 'mms', 'teams', 'force_social')
      and (duty_state = 'off' or (duty_state = 'absent' and duty_reason != 'training'))
      and (toHour(local) >= {from_hour:UInt32} or toHour(local) < {to_hour:UInt32})
      and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  days as (
    select staff_id, person_id, known_on, count() as n, countIf(shared) as shared_n, groupUniqArray(night) as seen_nights, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(record_id) as records
    from late group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(n) over w as total, sum(shared_n) over w as total_shared, min(first_at) over w as began,
      length(arrayDistinct(arrayFlatten(groupArray(seen_nights) over w))) as nights, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 5 * if(total_shared * 2 >= total, 0.5, 1) as points, total as count, began as first_at, last_at, all_records as evidence,
  map('nights', toString(nights)) as detail
from windows
where total >= {min_messages:UInt32} and nights >= {min_nights:UInt32}
