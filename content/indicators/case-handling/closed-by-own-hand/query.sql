with
  closed as (
    select v.investigation_id as investigation_id, coalesce(v.closed_by, '') as closed_by, v.opened_at as opened_at, assumeNotNull(v.closed_at) as closed_at, c.person_id as person_id
    from upstander.investigations v
    join (select case_id, person_id from upstander.case_people where part = 'victim') c on c.case_id = v.investigation_id
    where v.closed_at is not null and has({types:Array(String)}, toString(v.type)) and has({closures:Array(String)}, toString(v.closure))
      and v.closed_at <= v.opened_at + toIntervalDay({max_days:UInt32})
      and (v.supervisor_reviewed_at is null or v.supervisor_reviewed_at > v.closed_at)
  ),
  by_hand as (
    select investigation_id, closed_by as staff_id, person_id, opened_at, closed_at from closed
    where closed_by != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select c.investigation_id, a.staff_id, c.person_id, c.opened_at, c.closed_at
    from closed c
    join (select investigation_id, staff_id, from_at, to_at from upstander.allocations
          where part = 'officer_in_charge' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) a on a.investigation_id = c.investigation_id
    where c.closed_by = '' and a.from_at <= c.closed_at and (a.to_at is null or a.to_at >= c.closed_at)
  ),
  after as (
    select b.staff_id as staff_id, b.person_id as person_id, b.investigation_id as investigation_id, b.opened_at as opened_at, b.closed_at as closed_at,
      p.record_id as record_id, p.at as at, p.known_on as known_on
    from by_hand b
    join (select record_id, staff_id, person_id, at, known_on from upstander.purposes
          where fact in ('contact', 'stay') and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.staff_id = b.staff_id and p.person_id = b.person_id
    where p.at > b.closed_at and p.at <= b.closed_at + toIntervalDay({after_days:UInt32})
  ),
  days as (
    select staff_id, person_id, investigation_id, known_on, any(opened_at) as opened_at, any(closed_at) as closed_at, uniqExact(record_id) as n, max(at) as last_at, groupArraySorted(20)(record_id) as records
    from after group by staff_id, person_id, investigation_id, known_on
  ),
  windows as (
    select *, sum(n) over w as total, arraySlice(arrayFlatten(groupArray(records) over w), -19) as all_records
    from days
    window w as (partition by staff_id, person_id, investigation_id order by known_on)
  )
select staff_id, person_id, known_on as found_on, 6 as points, max(total) as count, min(closed_at) as first_at, max(last_at) as last_at,
  arrayConcat([concat('investigations:', argMax(investigation_id, (total, investigation_id)))], argMax(all_records, (total, investigation_id))) as evidence,
  map('days', toString(dateDiff('day', argMax(opened_at, (total, investigation_id)), argMax(closed_at, (total, investigation_id))))) as detail
from (select *, last_at as last_at from windows)
where total >= {min_after:UInt32}
group by staff_id, person_id, known_on
