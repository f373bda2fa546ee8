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
  logged as (
    select staff_id, person_id, from_at, known_at from upstander.reasons where kind = 'logged_contact' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  written_up as (
    select u.record_id as record_id, u.person_id as person_id
    from unexplained u join logged l on l.staff_id = u.staff_id and l.person_id = u.person_id
    where abs(dateDiff('second', l.from_at, u.at)) <= {settle_hours:UInt32} * 3600 and l.known_at <= u.at + toIntervalHour({settle_hours:UInt32})
    group by record_id, person_id
  ),
  shared_cases as (
    select staff_id, case_id, min(known_at) as known_at
    from upstander.reasons where case_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, case_id
  ),
  cases as (
    select u.record_id as record_id, u.staff_id as staff_id, u.person_id as person_id, any(u.at) as at, any(u.known_on) as known_on,
      max(c.kind = 'investigation' and c.closed_at > u.at) as open_case,
      max(if(s.case_id != '' and s.known_at <= u.at and c.closed_at <= u.at, toUInt32(c.closed_at), 0)) as last_closed
    from unexplained u
    join upstander.case_people c on c.person_id = u.person_id
    left join shared_cases s on s.staff_id = u.staff_id and s.case_id = c.case_id
    where c.linked_at <= u.at and (u.record_id, u.person_id) not in written_up
    group by u.record_id, u.staff_id, u.person_id
  ),
  days as (
    select staff_id, person_id, known_on, groupUniqArray(toDate(at)) as seen_on, min(at) as first_at, max(at) as last_at, max(last_closed) as closed, groupArray(20)(record_id) as records
    from cases
    where not open_case and last_closed > 0 and toUInt32(at) > last_closed + {closure_days:UInt32} * 86400
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, closed, length(arrayDistinct(arrayFlatten(groupArray(seen_on) over w))) as total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 9 as points, total as count, began as first_at, last_at, all_records as evidence, map('closed', toString(toDate(closed))) as detail
from windows
where total >= {min_days:UInt32}
