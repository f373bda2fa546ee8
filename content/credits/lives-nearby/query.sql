select s.staff_id as staff_id, a.person_id as person_id, toDate(greatest(a.from_on, toDate32('1970-01-01'))) as from_on, toDate(least(greatest(coalesce(a.to_on, toDate32('2105-12-01')), toDate32('1970-01-01')), toDate32('2105-12-01'))) as to_on, -7 as points, concat('staff:', s.staff_id) as record_id
from (select distinct staff_id, person_id from upstander.address_stays where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
join (select staff_id, home_lat, home_lon from upstander.staff where home_lat is not null and home_lon is not null) s on s.staff_id = p.staff_id
join upstander.person_addresses a on a.person_id = p.person_id
-- The home is rounded to a thousandth of a degree, about 100 m: the doubt counts in the person's favour.
where geoDistance(assumeNotNull(s.home_lon), assumeNotNull(s.home_lat), a.lon, a.lat) <= 600
