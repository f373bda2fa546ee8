-- At the home, then standing somewhere else, then at the home again: late, alone, unsent and with no recording.
with
  calls as (
    select
      s.staff_id as staff_id, s.person_id as person_id, s.unit_id as unit_id, s.record_id as record_id, s.start_at as start_at, s.end_at as end_at,
      s.lat as lat, s.lon as lon, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and s.distance_m <= {stay_radius_m:Float64}
      and s.unit_kind = 'vehicle' and s.crew_size = 1 and s.attribution != 'late_booking'
  ),
  rounds as (
    select * from (
      select *,
        leadInFrame(record_id) over w as back_record, leadInFrame(start_at) over w as back_at, leadInFrame(end_at) over w as done_at, leadInFrame(known_on) over w as back_known_on
      from calls
      window w as (partition by staff_id, person_id, unit_id order by start_at rows between current row and unbounded following)
    )
    where back_record != '' and back_at <= end_at + toIntervalMinute({most_minutes:UInt32})
      and (toHour(toTimezone(end_at, 'Europe/London')) >= {from_hour:UInt32} or toHour(toTimezone(end_at, 'Europe/London')) < {to_hour:UInt32})
  ),
  carried as (
    select r.staff_id as staff_id, r.person_id as person_id, r.record_id as record_id, any(r.start_at) as start_at, any(r.done_at) as done_at,
      any(r.back_known_on) as known_on, any(r.back_record) as back_record, argMax(e.record_id, (e.end_at - e.start_at, e.record_id)) as there, max(e.end_at - e.start_at) as stood_s
    from rounds r
    join (select * from upstander.untasked_stays where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) e on e.staff_id = r.staff_id and e.unit_id = r.unit_id
    where e.start_at >= r.end_at and e.end_at <= r.back_at and geoDistance(e.lon, e.lat, r.lon, r.lat) >= {least_m:Float64}
    group by r.staff_id, r.person_id, r.record_id
  ),
  -- A recording made on the way was meant to be seen.
  recorded as (
    select c.staff_id as staff_id, c.person_id as person_id, c.record_id as record_id
    from carried c
    join (select staff_id, start_at, end_at from upstander.body_worn where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) b on b.staff_id = c.staff_id
    where b.start_at < c.done_at and b.end_at > c.start_at
  )
select
  staff_id, person_id, known_on as found_on, 5 as points, count() as count, min(start_at) as first_at, max(done_at) as last_at,
  arrayFlatten(groupArraySorted(6)([record_id, there, back_record])) as evidence,
  map('stood', toString(round(max(stood_s) / 60)), 'day', toString(toDate(toTimezone(min(start_at), 'Europe/London')))) as detail
from carried
where (staff_id, person_id, record_id) not in recorded
group by staff_id, person_id, known_on
