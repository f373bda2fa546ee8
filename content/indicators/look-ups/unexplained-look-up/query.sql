with
  occasions as (
    select staff_id, person_id, known_on, uniqExact(toStartOfHour(at)) as n, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(record_id) as records
    from upstander.unexplained_events
    where fact = 'look_up' and known_since <= at and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(n) over w as total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from occasions
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, round(greatest(0, if(w.total >= 2, 7, 4) - 10 * log10(greatest(1, n.centre / {usual_people:Float64}))), 1) as points,
  w.total as count, w.began as first_at, w.last_at as last_at, w.all_records as evidence, map() as detail
from windows w
asof left join (select staff_id, from_on, centre from upstander.staff_norms where metric = 'unexplained_people_28d' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) n
  on n.staff_id = w.staff_id and w.known_on >= n.from_on
where points > 0
