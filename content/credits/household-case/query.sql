-- A case lasts for months: it takes points off visits to the household and does not explain each of them, as being sent there does.
with
  homes as (
    select staff_id, person_id, lat, lon, from_on, to_on from upstander.linked_addresses
    where kind = 'home' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  parts as (
    select staff_id, person_id, greatest(from_at, known_at) as from_at, least(to_at, toDateTime('2105-12-01 00:00:00', 'UTC')) + toIntervalHour({handover_grace_hours:UInt32}) as to_at, record_id
    from upstander.reasons
    where kind = 'allocation' and part in ('officer_in_charge', 'team', 'victim_contact') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  )
select
  a.staff_id as staff_id, a.person_id as person_id,
  toDate(greatest(toDate32(r.from_at), a.from_on, b.from_on)) as from_on, toDate(least(toDate32(r.to_at), a.to_on, b.to_on)) as to_on,
  -5 as points, r.record_id as record_id
from homes a
join homes b on b.staff_id = a.staff_id and b.lat = a.lat and b.lon = a.lon
join parts r on r.staff_id = b.staff_id and r.person_id = b.person_id
where a.person_id != b.person_id and from_on <= to_on
  and (a.staff_id, a.person_id) in (select staff_id, person_id from upstander.address_stays where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
