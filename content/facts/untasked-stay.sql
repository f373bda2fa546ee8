-- Stays that no record of the place explains, at the home of nobody they had met, and not at their own.
with
  here as (
    select record_id, staff_id, unit_id, unit_kind, start_at, end_at, lat, lon, crew_size, duty_state, post
    from upstander.crew_stays
    where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      and level = 'stay' and certainty = 'known' and unit_kind in ('vehicle', 'terminal') and attribution != 'late_booking'
  ),
  accounted as (
    select staff_id, record_id from upstander.place_reasons where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select staff_id, record_id
    from upstander.address_stays
    where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      and address_kind = 'home' and distance_m <= {stay_radius_m:Float64}
  )
select h.*, toDate(h.start_at + toIntervalHour({settle_hours:UInt32})) as known_on
from here h
left join (select staff_id, home_lat, home_lon from upstander.staff) o on o.staff_id = h.staff_id
where (h.staff_id, h.record_id) not in accounted
  -- Their own home is rounded to a thousandth of a degree, about 100 m.
  and (o.home_lat is null or o.home_lon is null or geoDistance(h.lon, h.lat, assumeNotNull(o.home_lon), assumeNotNull(o.home_lat)) > {site_m:Float64} + 100)
