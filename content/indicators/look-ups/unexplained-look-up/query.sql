with
  known_people as (
    select staff_id, person_id, min(since) as since
    from (
      select staff_id, person_id, first_met_at as since from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      union all
      select staff_id, person_id, min(at) as since from upstander.contacts where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
    )
    group by staff_id, person_id
  ),
  unexplained as (
    select p.record_id as record_id, p.staff_id as staff_id, p.person_id as person_id, p.at as at, p.known_on as known_on
    from upstander.purposes p
    join known_people k on k.staff_id = p.staff_id and k.person_id = p.person_id
    where p.fact = 'look_up' and not p.explained and cityHash64(p.staff_id) % {shards:UInt32} = {shard:UInt32} and k.since <= p.at
  ),
  occasions as (
    select staff_id, person_id, known_on, uniqExact(toStartOfHour(at)) as n, min(at) as first_at, max(at) as last_at, groupArray(20)(record_id) as records
    from unexplained group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(n) over w as total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from occasions
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, if(total >= 2, 7, 4) as points, total as count, began as first_at, last_at, all_records as evidence, map() as detail
from windows
