with
  visits as (
    select visit_id, staff_id, person_id, start_at, end_at, coalesce(risk_level, 1) as level, dateDiff('second', start_at, end_at) / 60 as minutes,
      minutes >= if(kind = 'cell_check', {cell_minutes:Float64}, {room_minutes:Float64})
        -- A test is made once. The same again is not the test any more.
        or (minutes >= {cell_minutes:Float64} and countIf(minutes >= {cell_minutes:Float64}) over before > 0) as is_long
    from upstander.custody_visits
    where kind in ('cell_check', 'drug_test', 'welfare', 'other') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window before as (partition by staff_id, person_id, kind order by toUnixTimestamp(start_at) range between {window_hours:UInt32} * 3600 - 1 preceding and 1 preceding)
  ),
  windows as (
    select staff_id, person_id, end_at, count() over w as n, sum(is_long) over w as long_n, max(level) over w as top_level, min(start_at) over w as began,
      dateDiff('minute', min(start_at) over w, max(end_at) over w) / 60 as hours, arraySort(groupArray(concat('custody_visits:', visit_id)) over w) as records
    from visits
    window w as (partition by staff_id, person_id order by toUnixTimestamp(start_at) range between {window_hours:UInt32} * 3600 - 1 preceding and current row)
  ),
  judged as (
    -- Level 1 is seen every hour, level 2 every half hour.
    select *, n >= {min_visits:UInt32} and n >= {times_expected:Float64} * (1 + hours * if(top_level >= 2, 2, 1)) as often
    from windows
    where top_level < 3
  )
select staff_id, person_id, toDate(end_at) as found_on, max(if(often or long_n >= 2, 5, 3)) as points, max(n) as count, min(began) as first_at, max(end_at) as last_at,
  arraySlice(argMax(records, (n, records)), -20) as evidence, map('long', toString(max(long_n))) as detail
from judged
where often or long_n >= 1
group by staff_id, person_id, found_on
