with
  staff_days as (
    select staff_id, toDate(at) as day, uniqExact(record_id) as n, uniqExactIf(record_id, duty_state in ('off', 'absent')) as off_n
    from upstander.lookups where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, day
  ),
  habits as (
    select staff_id, day, sum(n) over w as n28, sum(off_n) over w as off28
    from staff_days
    window w as (partition by staff_id order by toInt32(toUInt16(day)) range between {habit_days:UInt32} preceding and 1 preceding)
  ),
  away as (
    select u.record_id as record_id, u.staff_id as staff_id, u.person_id as person_id, u.at as at, u.known_on as known_on
    from (
      select * from upstander.unexplained_events
      where fact = 'look_up' and known_since <= at and remote and duty_state in ('off', 'absent') and duty_reason != 'training'
        and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) u
    join habits h on h.staff_id = u.staff_id and h.day = toDate(u.at)
    -- The four weeks before, and this one.
    where h.off28 + 1 <= greatest(3, {max_usual_share:Float64} * (h.n28 + 1))
  ),
  days as (
    select staff_id, person_id, known_on, uniqExact(toStartOfHour(at)) as n, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(record_id) as records
    from away group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(n) over w as total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, round(greatest(0, 8 - 10 * log10(greatest(1, n.centre / {usual_people:Float64}))), 1) as points,
  w.total as count, w.began as first_at, w.last_at as last_at, w.all_records as evidence, map() as detail
from windows w
asof left join (select staff_id, from_on, centre from upstander.staff_norms where metric = 'unexplained_people_28d' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) n
  on n.staff_id = w.staff_id and w.known_on >= n.from_on
where points > 0
