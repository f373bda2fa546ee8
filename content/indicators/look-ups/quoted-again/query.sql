with
  met as (select staff_id, person_id, first_met_at from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}),
  -- Only pairs quoted on as many days as are asked for, at any time: the posts of few look-ups need be asked.
  repeated as (
    select staff_id, person_id from upstander.purposes
    where fact = 'look_up' and because = 'quoted_reference' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
    having uniqExact(toDate(at)) >= {min_days:UInt32}
  ),
  quoted as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, p.known_on as known_on
    from (select record_id, person_id, known_on from upstander.purposes where fact = 'look_up' and because = 'quoted_reference' and (staff_id, person_id) in repeated) p
    join (select record_id, staff_id, person_id, at from upstander.lookups
          where not has({exempt_posts:Array(String)}, toString(post)) and (staff_id, person_id) in repeated) l
      on l.record_id = p.record_id and l.person_id = p.person_id
    join met m on m.staff_id = l.staff_id and m.person_id = l.person_id
    where m.first_met_at <= l.at
  ),
  -- A new log of the person is occasion enough.
  called as (
    select q.record_id as record_id, q.person_id as person_id
    from quoted q join (select person_id, opened_at from upstander.case_people where kind = 'incident') c on c.person_id = q.person_id
    where c.opened_at <= q.at and c.opened_at + toIntervalHour({task_hours:UInt32}) >= q.at
    group by record_id, person_id
  ),
  days as (
    select staff_id, person_id, known_on, groupUniqArray(toDate(at)) as seen_on, min(at) as first_at, max(at) as last_at, groupArraySorted(20)(record_id) as records
    from quoted where (record_id, person_id) not in (select record_id, person_id from called)
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, length(arrayDistinct(arrayFlatten(groupArray(seen_on) over w))) as total, min(first_at) over w as began,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 4 as points, total as count, began as first_at, last_at, all_records as evidence, map() as detail
from windows
where total >= {min_days:UInt32}
