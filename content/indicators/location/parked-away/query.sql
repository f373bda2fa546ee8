-- Stopped a little way from the home, day after day in one spot, and on some of those days in touch with the person or seen at the door.
with
  -- Only pairs who were ever in touch, or whose home a radio, camera or terminal was seen at, can be tied.
  pairs as (
    select staff_id, person_id from upstander.contacts where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union distinct
    select staff_id, person_id from upstander.address_stays where unit_kind != 'vehicle' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  homes as (
    select
      *, arrayJoin(arrayMap(step -> (toInt32(floor(lat / 0.003)) + intDiv(step, 3) - 1, toInt32(floor(lon / 0.006)) + step % 3 - 1), range(9))) as cell
    from upstander.linked_addresses
    where kind = 'home' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, person_id) in pairs
  ),
  elsewhere as (
    select u.*, (toInt32(floor(u.lat / 0.003)), toInt32(floor(u.lon / 0.006))) as cell
    from (select record_id, staff_id, start_at, end_at, lat, lon, duty_state from upstander.untasked_stays where unit_kind = 'vehicle' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) u
    left join upstander.stopping_places c on c.square_lat = toInt32(floor(u.lat / 0.001)) and c.square_lon = toInt32(floor(u.lon / 0.0016))
    where c.from_on = toDate(0) or c.from_on > toDate(u.start_at)
  ),
  away as (
    select
      s.staff_id as staff_id, h.person_id as person_id, s.record_id as record_id, s.start_at as start_at, s.end_at as end_at,
      s.lat as lat, s.lon as lon, s.duty_state as duty_state,
      toDate(greatest(s.start_at + toIntervalHour({settle_hours:UInt32}), s.end_at + toIntervalMinute({window_minutes:UInt32}))) as known_on
    from elsewhere s
    join homes h on h.staff_id = s.staff_id and h.cell = s.cell
    where h.since <= s.start_at and toDate32(s.start_at) >= h.from_on and toDate32(s.start_at) <= h.to_on
      and geoDistance(s.lon, s.lat, h.lon, h.lat) between {nearest_m:Float64} and {farthest_m:Float64}
  ),
  -- What gives this member of staff a reason to be with this person gives one to park near them, as purpose.sql has it.
  explained as (
    select a.staff_id as staff_id, a.person_id as person_id, a.record_id as record_id
    from away a
    join (select * from upstander.reasons where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) r on r.staff_id = a.staff_id and r.person_id = a.person_id
    where r.known_at <= a.start_at + toIntervalHour({settle_hours:UInt32}) and a.start_at >= r.from_at - toIntervalHour({settle_hours:UInt32})
      and a.start_at <= r.to_at + toIntervalHour({task_hours:UInt32}) and (r.kind != 'logged_contact' or r.part = 'visit')
      and (a.duty_state not in ('off', 'absent') or (r.kind = 'attendance' and a.start_at <= r.to_at + interval 1 hour))
  ),
  ties as (
    select a.staff_id as staff_id, a.person_id as person_id, a.record_id as record_id, c.record_id as tie
    from away a
    join (select staff_id, person_id, at, record_id from upstander.contacts where attribution = 'held' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) c
      on c.staff_id = a.staff_id and c.person_id = a.person_id
    where c.at >= a.start_at - toIntervalMinute({window_minutes:UInt32}) and c.at <= a.end_at + toIntervalMinute({window_minutes:UInt32})
    union all
    select a.staff_id, a.person_id, a.record_id, d.record_id
    from away a
    join (select * from upstander.address_stays where unit_kind != 'vehicle' and certainty != 'not_known' and distance_m <= {stay_radius_m:Float64} and address_kind = 'home') d
      on d.staff_id = a.staff_id and d.person_id = a.person_id
    where d.start_at <= a.end_at and d.end_at >= a.start_at
  ),
  parked as (
    select a.*, t.ties as ties
    from away a
    left join (select staff_id, person_id, record_id, groupArraySorted(3)(distinct tie) as ties from ties group by staff_id, person_id, record_id) t
      on t.staff_id = a.staff_id and t.person_id = a.person_id and t.record_id = a.record_id
    where (a.staff_id, a.person_id, a.record_id) not in explained
  ),
  spots as (
    select
      l.staff_id as staff_id, l.person_id as person_id, l.record_id as record_id, l.known_on as known_on, uniqExact(toDate(e.start_at)) as days,
      uniqExactIf(toDate(e.start_at), notEmpty(e.ties)) as tied_days, min(e.start_at) as first_at, max(e.end_at) as last_at,
      arraySlice(arraySort(arrayDistinct(arrayFlatten(groupArray(arrayConcat([e.record_id], e.ties))))), 1, 20) as evidence
    from parked l
    join parked e on e.staff_id = l.staff_id and e.person_id = l.person_id
    where e.known_on <= l.known_on and e.known_on + {window_days:UInt32} > l.known_on and geoDistance(e.lon, e.lat, l.lon, l.lat) <= {spot_m:Float64}
    group by l.staff_id, l.person_id, l.record_id, l.known_on
    having days >= {min_days:UInt32} and tied_days >= {min_tied:UInt32}
  )
select
  staff_id, person_id, known_on as found_on, 5 as points, days as count, first_at, last_at, evidence,
  map('first', formatDateTime(first_at, '%e %M'), 'last', formatDateTime(last_at, '%e %M'), 'tied', toString(tied_days)) as detail
from spots
order by days desc, record_id
limit 1 by staff_id, person_id, found_on
