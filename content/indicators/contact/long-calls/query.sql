with
  long_calls as (
    select
      e.staff_id as staff_id, e.person_id as person_id, e.record_id as record_id, e.at as at, e.shared as shared, e.duration_s as duration_s,
      exp(n.centre) as usual_s, e.known_on as known_on, true as long, false as back
    from (
      select *, toDate(at) as day from upstander.unexplained_events
      where fact = 'contact' and kind = 'voice' and duration_s >= {min_minutes:Float64} * 60 and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) e
    asof join (select staff_id, from_on, centre, spread from upstander.staff_norms where metric = 'pair_longest_call_28d') n
      on n.staff_id = e.staff_id and e.day >= n.from_on
    where (log(e.duration_s) - n.centre) / n.spread >= {min_z:Float64}
  ),
  calls as (
    select staff_id, person_id, record_id, at, shared, duration_s, usual_s, known_on, long, back from long_calls
    union all
    select staff_id, person_id, record_id, at, attribution = 'shared', duration_s, 0, toDate(at + toIntervalHour({settle_hours:UInt32})), false, true
    from upstander.contacts
    where person_id != '' and staff_id != '' and kind = 'voice' and direction = 'out' and duration_s >= {callback_seconds:UInt32}
      and has({callback_posts:Array(String)}, toString(post)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  in_a_crisis as (
    select distinct c.record_id as record_id
    from calls c
    join (select * from upstander.case_people where kind = 'incident' and has({crisis_types:Array(String)}, toString(type))) i on i.person_id = c.person_id
    -- A log may be opened while the caller is on the line.
    where i.linked_at <= c.at + toIntervalHour({settle_hours:UInt32}) and i.opened_at <= c.at + toIntervalHour({settle_hours:UInt32})
      and i.closed_at >= c.at and i.opened_at >= c.at - toIntervalDay({crisis_days:UInt32})
  ),
  days as (
    select
      staff_id, person_id, known_on, uniqExact(record_id) as n, uniqExactIf(record_id, long) as long_n, uniqExactIf(record_id, back) as back_n,
      uniqExactIf(record_id, shared) as shared_n, max(duration_s) as longest_s, max(usual_s) as usual, min(at) as first_at, max(at) as last_at,
      groupArraySorted(20)(distinct record_id) as records
    from calls where record_id not in in_a_crisis
    group by staff_id, person_id, known_on
  ),
  windows as (
    select *, sum(n) over w as total, sum(back_n) over w as back_total, sum(shared_n) over w as shared_total, max(longest_s) over w as longest, max(usual) over w as norm_s,
      min(first_at) over w as began, arraySlice(arrayDistinct(arrayFlatten(groupArray(records) over w)), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {callback_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 6 * if(shared_total * 2 >= total, 0.5, 1) as points, total as count, began as first_at, last_at, all_records as evidence,
  map('longest', toString(round(longest / 60)), 'norm', toString(round(norm_s / 60)), 'back', toString(back_total)) as detail
from windows
where long_n > 0 or back_total >= {min_callbacks:UInt32}
