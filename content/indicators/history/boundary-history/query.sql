-- What each report weighs, from a day on until the next word on it. What an outcome later said is not known on the day of receipt:
-- the points of that day are those of an open complaint.
with
  states as (
    select staff_id, received_on as from_on, toDate32('2106-01-01') as to_on, received_on, coalesce(resolved_on, toDate32('2106-01-01')) as resolved_on, concat('intelligence:', report_id) as record_id,
      if(coalesce(corroborated, false) or (source_grade = 1 and information_grade in ('A', 'B')), {full:Float64}, {partial:Float64}) as weight
    from upstander.intelligence where has({categories:Array(String)}, toString(category)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, received_on, if(outcome in ('upheld', 'not_upheld', 'withdrawn'), coalesce(resolved_on, toDate32('2106-01-01')), toDate32('2106-01-01')), received_on,
      coalesce(resolved_on, toDate32('2106-01-01')), concat('complaints:', complaint_id), {partial:Float64}
    from upstander.complaints where has({categories:Array(String)}, toString(category)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, assumeNotNull(resolved_on), toDate32('2106-01-01'), received_on, toDate32('2106-01-01'), concat('complaints:', complaint_id), if(outcome = 'upheld', {full:Float64}, {not_upheld:Float64})
    from upstander.complaints
    where has({categories:Array(String)}, toString(category)) and outcome in ('upheld', 'not_upheld', 'withdrawn') and resolved_on is not null and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  days as (select distinct staff_id, from_on as on_day from states)
select d.staff_id as staff_id, '' as person_id, toDate(greatest(d.on_day, toDate32('1970-01-02'))) as found_on,
  round(max(s.weight * exp2(-dateDiff('day', s.from_on, d.on_day) / {half_life_days:Float64})), 2) as points,
  uniqExact(s.record_id) as count, toDateTime(greatest(min(s.received_on), toDate32('1970-01-02'))) as first_at, toDateTime(greatest(d.on_day, toDate32('1970-01-02'))) as last_at,
  groupArraySorted(20)(distinct s.record_id) as evidence, map('last', toString(max(s.received_on))) as detail, toDate(max(s.resolved_on)) as resolved_on
from days d
join states s on s.staff_id = d.staff_id
where s.from_on <= d.on_day and s.to_on > d.on_day
group by d.staff_id, d.on_day
