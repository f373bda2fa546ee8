with
  after as (
    select record_id, staff_id, person_id, at, known_on, last_closed_at
    from upstander.unexplained_events
    where fact = 'look_up' and known_since <= at and not open_case
      and last_closed_at > toDateTime(0) and at > last_closed_at + toIntervalDay({closure_days:UInt32})
      and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  logged as (
    select staff_id, person_id, from_at, known_at from upstander.reasons where kind = 'logged_contact' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  written_up as (
    select a.record_id as record_id, a.person_id as person_id
    from after a join logged l on l.staff_id = a.staff_id and l.person_id = a.person_id
    where abs(dateDiff('second', l.from_at, a.at)) <= {settle_hours:UInt32} * 3600 and l.known_at <= a.at + toIntervalHour({settle_hours:UInt32})
    group by record_id, person_id
  ),
  days as (
    select staff_id, person_id, known_on, groupUniqArray(toDate(at)) as seen_on, min(at) as first_at, max(at) as last_at, max(last_closed_at) as closed, groupArraySorted(20)(record_id) as records
    from after
    where (record_id, person_id) not in written_up
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, closed, length(arrayDistinct(arrayFlatten(groupArray(seen_on) over w))) as total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, round(greatest(0, 9 - 10 * log10(greatest(1, n.centre / {usual_people:Float64}))), 1) as points,
  w.total as count, w.began as first_at, w.last_at as last_at, w.all_records as evidence, map('closed', toString(toDate(w.closed))) as detail
from windows w
asof left join (select staff_id, from_on, centre from upstander.staff_norms where metric = 'unexplained_people_28d' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) n
  on n.staff_id = w.staff_id and w.known_on >= n.from_on
where w.total >= {min_days:UInt32} and points > 0
