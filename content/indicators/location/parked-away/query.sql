-- Stopped a little way from the home, day after day in one spot, and on some of those days in touch with the person or seen at the door.
with
  -- Only pairs who were ever in touch, or whose home a radio, camera or terminal was seen at, can be tied.
  pairs as (
    select staff_id, person_id from upstander.contacts where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union distinct
    select staff_id, person_id from upstander.address_stays where unit_kind != 'vehicle' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- Each in its own square and the eight around it: far fewer than there are homes.
  elsewhere as (
    select
      u.*, arrayJoin(arrayMap(step -> (toInt32(floor(u.lat / 0.003)) + intDiv(step, 3) - 1, toInt32(floor(u.lon / 0.006)) + step % 3 - 1), range(9))) as cell
    from (select record_id, staff_id, start_at, end_at, lat, lon, duty_state from upstander.untasked_stays where unit_kind = 'vehicle' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) u
    left join upstander.stopping_places c on c.square_lat = toInt32(floor(u.lat / 0.001)) and c.square_lon = toInt32(floor(u.lon / 0.0016))
    where c.from_on = toDate(0) or c.from_on > toDate(u.start_at)
  ),
  homes as (
    select *, (toInt32(floor(lat / 0.003)), toInt32(floor(lon / 0.006))) as cell
    from upstander.linked_addresses
    where kind = 'home' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, cell) in (select staff_id, cell from elsewhere) and (staff_id, person_id) in pairs
  ),
  away as (
    select
      s.staff_id as staff_id, h.person_id as person_id, s.record_id as record_id, s.start_at as start_at, s.end_at as end_at,
      s.lat as lat, s.lon as lon, s.duty_state as duty_state,
      toDate(greatest(s.start_at + toIntervalHour({settle_hours:UInt32}), s.end_at + toIntervalMinute({window_minutes:UInt32}))) as known_on
    from homes h
    join elsewhere s on s.staff_id = h.staff_id and s.cell = h.cell
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
  -- What ties them, with the time around it in which a stay nearby counts.
  touches as (
    select staff_id, person_id, record_id, at - toIntervalMinute({window_minutes:UInt32}) as from_at, at + toIntervalMinute({window_minutes:UInt32}) as to_at
    from upstander.contacts where attribution = 'held' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, person_id, record_id, start_at, end_at
    from upstander.address_stays
    where unit_kind != 'vehicle' and certainty != 'not_known' and distance_m <= {stay_radius_m:Float64} and address_kind = 'home' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  ties as (
    select a.staff_id as staff_id, a.person_id as person_id, a.record_id as record_id, groupArraySorted(3)(distinct t.record_id) as ties
    from touches t
    join away a on a.staff_id = t.staff_id and a.person_id = t.person_id
    where t.from_at <= a.end_at and t.to_at >= a.start_at
    group by a.staff_id, a.person_id, a.record_id
  ),
  -- All of a pair together: held against one another as rows, everything before would be worked out twice. (record, known on, from, to, lat, lon, ties)
  parked as (
    select a.staff_id as staff_id, a.person_id as person_id,
      groupUniqArray((a.record_id, a.known_on, a.start_at, a.end_at, a.lat, a.lon, t.ties)) as all_parked
    from away a
    left join ties t on t.staff_id = a.staff_id and t.person_id = a.person_id and t.record_id = a.record_id
    where (a.staff_id, a.person_id, a.record_id) not in explained
    group by a.staff_id, a.person_id
  ),
  spots as (
    select
      staff_id, person_id, l.1 as record_id, l.2 as known_on,
      arrayFilter(e -> e.2 <= l.2 and e.2 + {window_days:UInt32} > l.2 and geoDistance(e.6, e.5, l.6, l.5) <= {spot_m:Float64}, all_parked) as here,
      length(arrayDistinct(arrayMap(e -> toDate(e.3), here))) as days,
      length(arrayDistinct(arrayMap(e -> toDate(e.3), arrayFilter(e -> notEmpty(e.7), here)))) as tied_days
    from parked
    array join all_parked as l
    where days >= {min_days:UInt32} and tied_days >= {min_tied:UInt32}
  )
select
  staff_id, person_id, known_on as found_on, 5 as points, days as count,
  arrayMin(arrayMap(e -> e.3, here)) as first_at, arrayMax(arrayMap(e -> e.4, here)) as last_at,
  arraySlice(arraySort(arrayDistinct(arrayFlatten(arrayMap(e -> arrayConcat([e.1], e.7), here)))), 1, 20) as evidence,
  map('first', formatDateTime(first_at, '%e %M'), 'last', formatDateTime(last_at, '%e %M'), 'tied', toString(tied_days)) as detail
from spots
order by days desc, record_id
limit 1 by staff_id, person_id, found_on
