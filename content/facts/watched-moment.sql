-- 1. A visit or contact that no record explains, while booked on another unit that reports positions: did that one fall silent
--    around it? Where many units fall silent the place is to blame.
with
  visits as (
    select s.staff_id as staff_id, s.person_id as person_id, s.record_id as record_id, s.unit_id as unit_id, s.start_at as begins, s.end_at as ends, s.start_at as latest, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty != 'not_known' and s.level = 'stay' and s.distance_m <= {stay_radius_m:Float64}
  ),
  -- A tracker may go off a little after the message that says "on my way".
  messages as (
    select c.staff_id as staff_id, c.person_id as person_id, c.record_id as record_id, '' as unit_id, c.at as begins, c.at as ends, c.at + toIntervalMinute({edge_minutes:UInt32}) as latest, p.known_on as known_on
    from upstander.contacts c
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'contact' and not explained and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = c.record_id and p.staff_id = c.staff_id and p.person_id = c.person_id
    where c.attribution = 'held' and c.duty_state = 'on_duty'
  ),
  bookings as (
    select unit_id, staff_id, start_at, end_at, arrayJoin(range(toUInt32(toDate(start_at)), toUInt32(toDate(end_at)) + 1)) as day_number
    from upstander.crewing
    where end_at > start_at and end_at < start_at + interval 2 day and unit_id in (select distinct unit_id from upstander.stays)
  ),
  watched as (
    select m.*, b.unit_id as watched_unit, b.start_at as booked_at
    from (select * from visits union all select * from messages) m
    join bookings b on b.staff_id = m.staff_id and toDate(b.day_number) = toDate(m.begins)
    where b.unit_id != m.unit_id and b.start_at <= m.begins and b.end_at >= m.ends
  ),
  dead_spots as (
    select square, arraySort(groupArray(first_on))[{dead_spot_units:UInt32}] as from_on
    from (select (toInt32(floor(lat / 0.005)), toInt32(floor(lon / 0.008))) as square, unit_id, min(toDate(end_at)) as first_on from upstander.silences group by square, unit_id)
    group by square having count() >= {dead_spot_units:UInt32}
  ),
  odd_silences as (
    select s.unit_id as unit_id, s.start_at as start_at, s.end_at as end_at
    from upstander.silences s
    left join dead_spots d on d.square = (toInt32(floor(s.lat / 0.005)), toInt32(floor(s.lon / 0.008)))
    where d.from_on = toDate(0) or d.from_on > toDate(s.end_at)
  )
select
  w.staff_id as staff_id, w.person_id as person_id, w.record_id as record_id, 'tracker' as what, any(w.begins) as at, any(w.known_on) as known_on,
  max(l.unit_id != '' and l.start_at >= greatest(w.begins - toIntervalMinute({edge_minutes:UInt32}), w.booked_at)
    and l.end_at >= w.ends - toIntervalMinute({edge_minutes:UInt32})) as lost,
  if(lost, argMax(concat('silence:', l.unit_id, ':', toString(toUnixTimestamp(l.start_at))), (l.start_at, l.unit_id)), '') as lost_record
from watched w
asof left join odd_silences l on l.unit_id = w.watched_unit and w.latest >= l.start_at
group by w.staff_id, w.person_id, w.record_id
;
-- 2. A visit that no record explains, begun while a body-worn recording ran or had only just ended: did it pause around the visit?
with recordings as (
  select staff_id, start_at, end_at, leadInFrame(toNullable(start_at)) over (partition by staff_id order by start_at rows between current row and unbounded following) as next_at
  from upstander.body_worn
  where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
)
select
  s.staff_id as staff_id, s.person_id as person_id, s.record_id as record_id, 'recording' as what, s.start_at as at, p.known_on as known_on,
  r.end_at <= s.start_at and r.next_at is not null and r.next_at >= s.end_at - toIntervalMinute({edge_minutes:UInt32})
    and r.next_at <= r.end_at + toIntervalMinute({longest_silence_minutes:UInt32}) as lost,
  if(lost, concat('body_worn:', r.staff_id, ':', toString(r.start_at)), '') as lost_record
from (select * from upstander.address_stays where address_kind = 'home' and certainty != 'not_known' and level = 'stay' and distance_m <= {stay_radius_m:Float64}) s
join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
  on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
asof join recordings r on r.staff_id = s.staff_id and s.start_at >= r.start_at
where r.end_at >= s.start_at - toIntervalMinute({edge_minutes:UInt32})
