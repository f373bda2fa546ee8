-- The visit at which they first met, alone, lasted far longer than such a log usually takes.
with
  visits as (
    select
      incident_id, staff_id, argMin(assumeNotNull(arrived_at), (assigned_at, arrived_at)) as arrived, argMin(assumeNotNull(left_at), (assigned_at, arrived_at)) as gone,
      concat('attendances:', incident_id, ':', staff_id) as record_id
    from upstander.attendances
    where arrived_at is not null and left_at is not null and left_at > arrived_at and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by incident_id, staff_id
    having dateDiff('minute', arrived, gone) >= {min_minutes:UInt32}
  ),
  -- Nobody else was at the scene at the same time.
  crewed as (
    select v.record_id as record_id
    from visits v
    join upstander.attendances a on a.incident_id = v.incident_id
    where a.staff_id != v.staff_id and coalesce(a.arrived_at, a.assigned_at) < v.gone and coalesce(a.left_at, v.gone) > v.arrived
  ),
  -- Arrests and searches take hours: a visit to a suspect says nothing.
  met as (
    select v.staff_id as staff_id, v.record_id as record_id, v.arrived as arrived, v.gone as gone, m.person_id as person_id, toDate(greatest(v.gone, m.first_met_at)) as known_on, toString(i.type) as type, toString(i.grade) as grade,
      dateDiff('second', v.arrived, v.gone) / 60 as minutes
    from visits v
    join (select * from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) m on m.staff_id = v.staff_id and m.record_id = v.record_id
    join upstander.incidents i on i.incident_id = v.incident_id
    where v.record_id not in crewed
      and (v.incident_id, m.person_id) not in (select case_id, person_id from upstander.case_people where part in ('suspect', 'detainee'))
  ),
  by_grade as (
    select m.*, n.peers as grade_peers, n.centre as grade_centre, n.spread as grade_spread
    from met m
    asof left join (select type as of_type, grade as of_grade, from_on, peers, centre, spread from upstander.scene_norms where grade != '') n
      on n.of_type = m.type and n.of_grade = m.grade and m.known_on >= n.from_on
  ),
  by_type as (
    select g.*, n.spread as type_spread, n.centre as type_centre
    from by_grade g
    asof left join (select type as of_type, from_on, centre, spread from upstander.scene_norms where grade = '' and type != '') n
      on n.of_type = g.type and g.known_on >= n.from_on
  ),
  normed as (
    select t.*, multiIf(t.grade_peers > 0, t.grade_centre, t.type_spread > 0, t.type_centre, d.centre) as centre,
      multiIf(t.grade_peers > 0, t.grade_spread, t.type_spread > 0, t.type_spread, d.spread) as spread
    from by_type t
    cross join (select centre, spread from upstander.scene_norms where type = '') d
  )
select
  staff_id, person_id, known_on as found_on, 3 as points, 1 as count, arrived as first_at, gone as last_at, [record_id] as evidence,
  map('minutes', toString(round(minutes)), 'usual', toString(round(exp(centre)))) as detail
from normed
where (log(minutes) - centre) / spread >= {min_z:Float64}
order by minutes desc, record_id
limit 1 by staff_id, person_id, found_on
