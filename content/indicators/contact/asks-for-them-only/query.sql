with
  opened as (
    select staff_id, person_id, toDate(at) as day, countIf(started_by = 'other' and kind = 'voice') as n, countIf(started_by = 'staff') as own_n, min(at) as first_at, max(at) as last_at,
      groupArraySortedIf(12)(record_id, started_by = 'other' and kind = 'voice') as records
    from upstander.contacts
    where opens and attribution = 'held' and person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, day
  ),
  windows as (
    select staff_id, person_id, day, last_at, sum(n) over w as total, sum(own_n) over w as own_total, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from opened
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  -- Where the person leads nearly all of the contact it is their persistence, and a credit speaks for it.
  turned as (select * from windows where total >= {min_calls:UInt32} and total < {persistent_share:Float64} * (total + own_total)),
  own_cases as (
    select staff_id, case_id, min(greatest(from_at, known_at)) as since
    from upstander.reasons where kind = 'allocation' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, case_id
  ),
  elsewhere as (
    select distinct t.staff_id as staff_id, t.person_id as person_id, t.day as day
    from turned t
    join (select case_id, person_id, linked_at, closed_at from upstander.case_people where kind = 'investigation' and part not in ('suspect', 'detainee')) c on c.person_id = t.person_id
    left join own_cases o on o.staff_id = t.staff_id and o.case_id = c.case_id
    where c.linked_at <= t.last_at and c.closed_at > t.last_at and (o.case_id = '' or o.since > t.last_at)
  ),
  -- A case of their own is reason enough to be rung, from when it was on record.
  own_live as (
    select distinct t.staff_id as staff_id, t.person_id as person_id, t.day as day
    from turned t
    join (select staff_id, person_id, greatest(from_at, known_at) as since, to_at from upstander.reasons where kind in ('allocation', 'assignment') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) r
      on r.staff_id = t.staff_id and r.person_id = t.person_id
    where r.since <= t.last_at and r.to_at >= t.began
  ),
  -- Somebody declared beforehand as family or a friend rings because they are that.
  declared as (
    select distinct t.staff_id as staff_id, t.person_id as person_id, t.day as day
    from turned t
    join (select staff_id, person_id, declared_at from upstander.disclosures where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) d
      on d.staff_id = t.staff_id and d.person_id = t.person_id
    where d.declared_at <= t.began
  )
select t.staff_id as staff_id, t.person_id as person_id, t.day as found_on, 5 as points, any(t.total) as count, any(t.began) as first_at, any(t.last_at) as last_at,
  any(t.all_records) as evidence, map() as detail
from turned t
where (t.staff_id, t.person_id, t.day) in elsewhere and (t.staff_id, t.person_id, t.day) not in own_live and (t.staff_id, t.person_id, t.day) not in declared
group by t.staff_id, t.person_id, t.day
