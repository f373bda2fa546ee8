with
  loose as (
    select
      s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as start_at, s.end_at as end_at, s.minutes as minutes,
      s.distance_m as distance_m, s.duty_state as duty_state, s.duty_reason as duty_reason, s.crew_size as crew_size, s.unit_kind as unit_kind,
      s.attribution as attribution, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and s.level = 'stay' and s.distance_m <= {stay_radius_m:Float64} and s.crew_size = 1 and s.unit_kind in ('vehicle', 'terminal')
  ),
  -- A vehicle and a terminal in it are one visit; so are two halts within half an hour.
  occasions as (
    select * from (
      select *, lagInFrame(toNullable(start_at)) over (partition by staff_id, person_id order by start_at, record_id rows between unbounded preceding and current row) as previous_at
      from loose
    )
    where previous_at is null or start_at > previous_at + interval 30 minute
  ),
  first_visits as (
    select
      r.staff_id as staff_id, r.person_id as person_id, min(greatest(r.from_at, r.known_at)) as met_at,
      argMin(r.case_id, (greatest(r.from_at, r.known_at), r.to_at, r.case_id)) as case_id, argMin(r.to_at, (greatest(r.from_at, r.known_at), r.to_at, r.case_id)) as left_at
    from upstander.reasons r where r.kind = 'attendance' and cityHash64(r.staff_id) % {shards:UInt32} = {shard:UInt32}
    group by r.staff_id, r.person_id
  ),
  -- Somebody sent after this member of staff had left was not there with them.
  crewed_visits as (
    select f.staff_id as staff_id, f.person_id as person_id, f.met_at as met_at, f.left_at as left_at
    from first_visits f
    join upstander.attendances a on a.incident_id = f.case_id
    where a.assigned_at <= f.left_at
    group by f.staff_id, f.person_id, f.met_at, f.left_at
    having uniqExact(a.staff_id) >= 2
  )
select o.staff_id as staff_id, o.person_id as person_id, o.known_on as found_on, 6 as points,
  count() over (partition by o.staff_id, o.person_id order by o.known_on) as count,
  o.start_at as first_at, o.end_at as last_at, [o.record_id] as evidence, map('met', formatDateTime(f.met_at, '%e %M')) as detail
from occasions o
join crewed_visits f on f.staff_id = o.staff_id and f.person_id = o.person_id
where o.start_at > greatest(f.met_at, f.left_at) and o.start_at <= f.met_at + toIntervalDay({days:UInt32})
order by o.start_at, o.record_id, f.met_at
limit 1 by staff_id, person_id, found_on
