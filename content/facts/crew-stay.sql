-- A stay given to whoever was crewed on the unit, wherever it was, with what they were doing just then.
-- Cut by unit, not by staff: how large a crew was takes all who were in it.
with
  stays_here as (
    select *, toDate(start_at) as day from upstander.stays where start_at >= {from:DateTime} and cityHash64(unit_id) % {shards:UInt32} = {shard:UInt32}
  ),
  bookings as (
    select unit_id, staff_id, start_at, end_at, arrayJoin(range(toUInt32(toDate(start_at)), toUInt32(toDate(end_at)) + 1)) as day_number
    from upstander.crewing
    where end_at > start_at and end_at < start_at + interval 3 year and cityHash64(unit_id) % {shards:UInt32} = {shard:UInt32}
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
    where cityHash64(c.unit_id) % {shards:UInt32} = {shard:UInt32}
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
      g.staff_id as staff_id, g.crew_size as crew_size, g.attribution as attribution, g.booked_at as booked_at, g.for_a_duty as for_a_duty,
      s.unit_id as unit_id, s.unit_kind as unit_kind, s.start_at as start_at, s.end_at as end_at, s.lat as lat, s.lon as lon, s.level as level, s.certainty as certainty
    from given g
    join stays_here s on s.unit_id = g.unit_id and s.start_at = g.start_at
  ),
  on_duty as (
    select s.*, d.state as duty_found, d.reason as reason_found, d.end_at as duty_end
    from staffed s
    asof left join upstander.duty_states d on s.staff_id = d.staff_id and s.start_at >= d.start_at
  )
select
  concat('stay:', o.unit_id, ':', toString(toUnixTimestamp(o.start_at))) as record_id,
  o.staff_id as staff_id,
  o.unit_id as unit_id,
  any(o.unit_kind) as unit_kind,
  o.start_at as start_at,
  any(o.end_at) as end_at,
  any(o.lat) as lat,
  any(o.lon) as lon,
  any(o.level) as level,
  any(o.certainty) as certainty,
  any(o.crew_size) as crew_size,
  -- A vehicle booked out on duty and still in somebody's name after it: signed in late, and perhaps driven by another.
  min(if(o.for_a_duty and o.start_at >= o.duty_end and o.booked_at < o.duty_end and o.unit_id not in (select unit_id from upstander.units where take_home), 'late_booking', o.attribution)) as attribution,
  any(multiIf(
    o.duty_end = toDateTime(0) or o.start_at > o.duty_end + toIntervalDay({roster_silent_days:UInt32}), 'not_known',
    o.start_at < o.duty_end, o.duty_found,
    'off')) as duty_state,
  any(if(o.start_at < o.duty_end, o.reason_found, '')) as duty_reason,
  any(if(p.to_on is null or toDate32(o.start_at) <= p.to_on, toString(p.post), '')) as post
from on_duty o
asof left join (select staff_id, post, toDateTime(from_on, 'UTC') as from_at, to_on from upstander.postings) p
  on o.staff_id = p.staff_id and o.start_at >= p.from_at
group by o.staff_id, o.unit_id, o.start_at
