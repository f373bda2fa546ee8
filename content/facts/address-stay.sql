-- A stay given to whoever was crewed on the unit, beside an address of somebody they had met or been in touch with by then.
with
  stays_here as (
    select *, toDate(start_at) as day from upstander.stays where start_at >= {from:DateTime}
  ),
  bookings as (
    select unit_id, staff_id, start_at, end_at, arrayJoin(range(toUInt32(toDate(start_at)), toUInt32(toDate(end_at)) + 1)) as day_number
    from upstander.crewing
    where end_at > start_at and end_at < start_at + interval 3 year
  ),
  overlaps as (
    select s.unit_id as unit_id, s.start_at as start_at, b.staff_id as staff_id, b.start_at as booked_at, b.end_at < b.start_at + interval 1 day as for_a_duty
    from stays_here s
    join bookings b on b.unit_id = s.unit_id and toDate(b.day_number) = s.day
    where b.start_at < s.end_at and b.end_at > s.start_at
      and least(b.end_at, s.end_at) - greatest(b.start_at, s.start_at) >= least(120, s.end_at - s.start_at)
  ),
  crews as (
    select unit_id, start_at, groupUniqArray((staff_id, booked_at, for_a_duty)) as crew, uniqExact(staff_id) as crew_size from overlaps group by unit_id, start_at
  ),
  -- Whose a booking was: its driver's, or its only holder's. Of two passengers nobody can say who kept the keys.
  last_users as (
    select c.unit_id as unit_id, c.start_at as booked_at, if(countIf(c.seat = 'driver') = 1, anyIf(c.staff_id, c.seat = 'driver'), any(c.staff_id)) as staff_id
    from upstander.crewing c
    group by c.unit_id, c.start_at
    having count() = 1 or countIf(c.seat = 'driver') = 1
  ),
  kept_at_home as (
    select s.unit_id as unit_id, s.start_at as start_at, b.staff_id as staff_id
    from (select * from stays_here where unit_id in (select unit_id from upstander.units where take_home)) s
    asof join last_users b on b.unit_id = s.unit_id and s.start_at >= b.booked_at
    where (s.unit_id, s.start_at) not in (select unit_id, start_at from crews) and b.booked_at > s.start_at - interval 14 day
  ),
  given as (
    select unit_id, start_at, member.1 as staff_id, toUInt8(least(crew_size, 255)) as crew_size, 'crewed' as attribution, member.2 as booked_at, member.3 as for_a_duty
    from (select unit_id, start_at, crew_size, arrayJoin(crew) as member from crews)
    union all
    select unit_id, start_at, staff_id, 1, 'take_home', start_at, false from kept_at_home
  ),
  staffed as (
    select
      g.staff_id as staff_id, g.crew_size as crew_size, g.attribution as attribution, g.booked_at as booked_at, g.for_a_duty as for_a_duty, s.unit_id as unit_id, s.unit_kind as unit_kind,
      s.start_at as start_at, s.end_at as end_at, s.lat as lat, s.lon as lon, s.level as level, s.certainty as certainty
    from given g
    join stays_here s on s.unit_id = g.unit_id and s.start_at = g.start_at
    where cityHash64(g.staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  known_people as (
    select staff_id, person_id, min(since) as since
    from (
      select staff_id, person_id, first_met_at as since from upstander.meetings
      union all
      select staff_id, person_id, min(at) as since from upstander.contacts where person_id != '' and staff_id != '' group by staff_id, person_id
    )
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
  ),
  linked as (
    select
      k.staff_id as staff_id, k.person_id as person_id, k.since as since, toString(a.kind) as address_kind, a.lat as home_lat, a.lon as home_lon,
      a.from_on as from_on, coalesce(a.to_on, toDate32('2106-01-01')) as to_on,
      arrayJoin(arrayMap(step -> (toInt32(floor(a.lat / 0.002)) + intDiv(step, 3) - 1, toInt32(floor(a.lon / 0.003)) + step % 3 - 1), range(9))) as cell
    from known_people k
    join upstander.person_addresses a on a.person_id = k.person_id
  ),
  beside as (
    select
      s.staff_id as staff_id, s.crew_size as crew_size, s.attribution as attribution, s.booked_at as booked_at, s.for_a_duty as for_a_duty, s.unit_id as unit_id, s.unit_kind as unit_kind,
      s.start_at as start_at, s.end_at as end_at, s.lat as lat, s.lon as lon, s.level as level, s.certainty as certainty,
      l.person_id as person_id, l.address_kind as address_kind, l.home_lat as home_lat, l.home_lon as home_lon,
      toFloat32(geoDistance(s.lon, s.lat, l.home_lon, l.home_lat)) as distance_m
    from (select *, (toInt32(floor(lat / 0.002)), toInt32(floor(lon / 0.003))) as cell from staffed) s
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
  ),
  on_duty as (
    select
      c.staff_id as staff_id, c.crew_size as crew_size, c.attribution as attribution, c.booked_at as booked_at, c.for_a_duty as for_a_duty, c.unit_id as unit_id, c.unit_kind as unit_kind,
      c.start_at as start_at, c.end_at as end_at, c.lat as lat, c.lon as lon, c.level as level, c.certainty as certainty,
      c.person_id as person_id, c.address_kind as address_kind, c.distance_m as distance_m, c.near_addresses as near_addresses,
      c.all_addresses as all_addresses, d.state as duty_found, d.reason as reason_found, d.end_at as duty_end
    from counted c
    asof left join upstander.duty_states d on c.staff_id = d.staff_id and c.start_at >= d.start_at
  )
select
  concat('stay:', o.unit_id, ':', toString(toUnixTimestamp(o.start_at))) as record_id,
  o.staff_id as staff_id,
  o.person_id as person_id,
  argMin(o.address_kind, o.distance_m) as address_kind,
  o.unit_id as unit_id,
  any(o.unit_kind) as unit_kind,
  o.start_at as start_at,
  any(o.end_at) as end_at,
  toFloat32(any(o.end_at - o.start_at) / 60) as minutes,
  min(o.distance_m) as distance_m,
  any(o.lat) as lat,
  any(o.lon) as lon,
  any(o.level) as level,
  any(o.certainty) as certainty,
  any(o.crew_size) as crew_size,
  -- A vehicle booked out on duty and still in somebody's name after it: signed in late, and perhaps driven by another.
  any(if(o.for_a_duty and o.start_at >= o.duty_end and o.booked_at < o.duty_end and o.unit_id not in (select unit_id from upstander.units where take_home), 'late_booking', o.attribution)) as attribution,
  toUInt16(if(min(o.distance_m) <= {stay_radius_m:Float64}, any(o.near_addresses), any(o.all_addresses))) as ambiguity,
  any(multiIf(
    o.duty_end = toDateTime(0) or o.start_at > o.duty_end + toIntervalDay({roster_silent_days:UInt32}), 'not_known',
    o.start_at < o.duty_end, o.duty_found,
    'off')) as duty_state,
  any(if(o.start_at < o.duty_end, o.reason_found, '')) as duty_reason,
  any(if(p.to_on is null or toDate32(o.start_at) <= p.to_on, toString(p.post), '')) as post
from on_duty o
asof left join (select staff_id, post, toDateTime(from_on, 'UTC') as from_at, to_on from upstander.postings) p
  on o.staff_id = p.staff_id and o.start_at >= p.from_at
group by o.staff_id, o.person_id, o.unit_id, o.start_at
