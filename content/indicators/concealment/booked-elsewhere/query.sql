-- Booked at the scene of a log while two kinds of unit, each on its own, were at somebody's home more than a kilometre off.
with
  vehicles as (
    select
      s.staff_id as staff_id, s.person_id as person_id, s.record_id as record_id, s.start_at as start_at, s.end_at as end_at, s.lat as lat, s.lon as lon, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and s.level = 'stay' and s.distance_m <= {stay_radius_m:Float64}
      and s.unit_kind in ('vehicle', 'terminal') and s.attribution != 'late_booking' and cityHash64(s.staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A radio or camera is carried: it is not in the wrong name because a vehicle is.
  carried as (
    select staff_id, person_id, record_id, start_at, end_at
    from upstander.address_stays
    where address_kind = 'home' and certainty != 'not_known' and unit_kind in ('radio', 'body_worn') and attribution != 'late_booking'
      and distance_m <= 2 * {stay_radius_m:Float64} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  agreed as (
    select
      v.staff_id as staff_id, v.person_id as person_id, v.record_id as record_id, v.lat as lat, v.lon as lon, any(v.known_on) as known_on,
      any(v.start_at) as start_at, any(v.end_at) as end_at, groupArraySorted(3)(distinct c.record_id) as second_records
    from vehicles v
    join carried c on c.staff_id = v.staff_id and c.person_id = v.person_id
    where c.start_at < v.end_at and c.end_at > v.start_at
    group by v.staff_id, v.person_id, v.record_id, v.lat, v.lon
  ),
  scenes as (
    select a.staff_id as staff_id, a.incident_id as incident_id, assumeNotNull(a.arrived_at) as arrived, assumeNotNull(a.left_at) as gone,
      assumeNotNull(i.lat) as lat, assumeNotNull(i.lon) as lon
    from upstander.attendances a
    join upstander.incidents i on i.incident_id = a.incident_id
    where a.arrived_at is not null and a.left_at is not null and i.lat is not null and i.lon is not null and cityHash64(a.staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  clashes as (
    select
      g.staff_id as staff_id, g.person_id as person_id, g.record_id as record_id, g.second_records as second_records, s.incident_id as incident_id, s.arrived as arrived, s.gone as gone,
      s.lat as scene_lat, s.lon as scene_lon, greatest(g.start_at, s.arrived) as clash_from, least(g.end_at, s.gone) as clash_to,
      geoDistance(g.lon, g.lat, s.lon, s.lat) as apart_m, toDate(greatest(toDateTime(g.known_on), s.gone)) as known_on
    from agreed g
    join scenes s on s.staff_id = g.staff_id
    where clash_to >= clash_from + toIntervalMinute({min_minutes:UInt32}) and apart_m > {min_m:Float64}
  ),
  -- One that was at the scene for part of the time was cleared late, or early: a status that lags is no false log.
  lagging as (
    select c.staff_id as staff_id, c.record_id as record_id, c.incident_id as incident_id
    from clashes c
    join (select staff_id, start_at, end_at, lat, lon from upstander.crew_stays where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) n on n.staff_id = c.staff_id
    where n.start_at < c.gone and n.end_at > c.arrived and geoDistance(n.lon, n.lat, c.scene_lon, c.scene_lat) <= {scene_m:Float64}
  )
select
  staff_id, person_id, known_on as found_on, 9 as points, uniqExact(record_id) as count, min(clash_from) as first_at, max(clash_to) as last_at,
  arraySlice(arraySort(arrayDistinct(arrayFlatten(groupArray(arrayConcat([record_id, concat('attendances:', incident_id, ':', staff_id)], second_records))))), 1, 20) as evidence,
  map('minutes', toString(intDiv(max(clash_to - clash_from), 60)), 'km', toString(round(max(apart_m) / 1000, 1)), 'last', formatDateTime(max(clash_from), '%e %M')) as detail
from clashes
where (staff_id, record_id, incident_id) not in lagging
group by staff_id, person_id, known_on
