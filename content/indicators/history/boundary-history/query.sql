with
  reports as (
    select staff_id, received_on, toDate(coalesce(resolved_on, toDate32('2106-01-01'))) as resolved_on, concat('intelligence:', report_id) as record_id,
      if(coalesce(corroborated, false) or (source_grade = 1 and information_grade in ('A', 'B')), {full:Float64}, {partial:Float64}) as points
    from upstander.intelligence where has({categories:Array(String)}, toString(category)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    -- What an outcome later said is not known on the day of receipt: the points of that day are those of an open complaint.
    select staff_id, received_on, toDate(coalesce(resolved_on, toDate32('2106-01-01'))), concat('complaints:', complaint_id), {partial:Float64}
    from upstander.complaints where has({categories:Array(String)}, toString(category)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, assumeNotNull(resolved_on), toDate('2106-01-01'), concat('complaints:', complaint_id), if(outcome = 'upheld', {full:Float64}, {not_upheld:Float64})
    from upstander.complaints
    where has({categories:Array(String)}, toString(category)) and outcome in ('upheld', 'not_upheld', 'withdrawn') and resolved_on is not null and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  )
select staff_id, '' as person_id, toDate(greatest(received_on, toDate32('1970-01-02'))) as found_on, max(points) over w as points,
  uniqExact(record_id) over w as count, toDateTime(greatest(min(received_on) over w, toDate32('1970-01-02'))) as first_at, toDateTime(greatest(received_on, toDate32('1970-01-02'))) as last_at,
  groupUniqArray(20)(record_id) over w as evidence, map('last', toString(received_on)) as detail, max(resolved_on) over w as resolved_on
from reports
window w as (partition by staff_id order by received_on)
