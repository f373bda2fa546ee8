-- A member of staff's stay beside an address of somebody they had met or been in touch with by then.
with
  linked as (
    select
      *, arrayJoin(arrayMap(step -> (toInt32(floor(lat / 0.002)) + intDiv(step, 3) - 1, toInt32(floor(lon / 0.003)) + step % 3 - 1), range(9))) as cell
    from upstander.linked_addresses
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  beside as (
    select
      s.*, l.person_id as person_id, l.kind as address_kind, l.lat as home_lat, l.lon as home_lon,
      toFloat32(geoDistance(s.lon, s.lat, l.lon, l.lat)) as distance_m
    from (
      select *, (toInt32(floor(lat / 0.002)), toInt32(floor(lon / 0.003))) as cell
      from upstander.crew_stays
      where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) s
    join linked l on l.staff_id = s.staff_id and l.cell = s.cell
    where l.since <= s.start_at and toDate32(s.start_at) >= l.from_on and toDate32(s.start_at) <= l.to_on
      and distance_m <= {vicinity_m:Float64}
  ),
  counted as (
    select
      *,
      uniqExactIf((home_lat, home_lon), distance_m <= {stay_radius_m:Float64}) over w as near_addresses,
      uniqExact((home_lat, home_lon)) over w as all_addresses
    from beside
    window w as (partition by staff_id, unit_id, start_at)
  )
select
  c.record_id as record_id,
  c.staff_id as staff_id,
  c.person_id as person_id,
  argMin(c.address_kind, (c.distance_m, c.address_kind)) as address_kind,
  any(c.unit_id) as unit_id,
  any(c.unit_kind) as unit_kind,
  any(c.start_at) as start_at,
  any(c.end_at) as end_at,
  toFloat32(any(c.end_at - c.start_at) / 60) as minutes,
  min(c.distance_m) as distance_m,
  any(c.lat) as lat,
  any(c.lon) as lon,
  any(c.level) as level,
  any(c.certainty) as certainty,
  any(c.crew_size) as crew_size,
  any(c.attribution) as attribution,
  toUInt16(if(min(c.distance_m) <= {stay_radius_m:Float64}, any(c.near_addresses), any(c.all_addresses))) as ambiguity,
  any(c.duty_state) as duty_state,
  any(c.duty_reason) as duty_reason,
  any(c.post) as post
from counted c
group by c.staff_id, c.person_id, c.record_id
