-- Families and friends are rung on work phones. What sets them apart from somebody met on duty is the order: contact both ways goes
-- on from the start of the bill, and no record of the force - a number, a case, a marker, a look-up - concerns them until later, if
-- ever. A number nobody has is credited from when the contact is established, a person from the day on which a record first concerned them.
-- Contact that began later than the bill may have begun on duty, and a person whom a record concerned first may have been met through it.
-- That the force had the number of somebody at the same address says nothing: there only this member of staff's own dealings do.
with
  private as (select staff_id, number, settled_on, record_id from upstander.early_contacts where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}),
  holders as (select staff_id, person_id, settled_on, record_id, listed_on from upstander.early_holders where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}),
  -- What was entered later was not known then, and does not take back what was credited meanwhile.
  own_dealings as (
    select r.staff_id as staff_id, r.person_id as person_id, toDate32(greatest(r.from_at, r.known_at)) as on_day from upstander.reasons r join holders h on h.staff_id = r.staff_id and h.person_id = r.person_id
    union all
    select l.staff_id, l.person_id, toDate32(l.at) from upstander.lookups l join holders h on h.staff_id = l.staff_id and h.person_id = l.person_id
  ),
  same_home as (
    select h.staff_id as staff_id, h.person_id as person_id, any(h.settled_on) as settled_on, any(h.listed_on) as listed_on, any(h.record_id) as record_id
    from holders h
    join (select staff_id, home_lat, home_lon from upstander.staff where home_lat is not null and home_lon is not null) s on s.staff_id = h.staff_id
    join upstander.person_addresses a on a.person_id = h.person_id
    where a.kind = 'home' and a.from_on <= h.settled_on and coalesce(a.to_on, toDate32('2106-01-01')) >= h.settled_on
      and geoDistance(assumeNotNull(s.home_lon), assumeNotNull(s.home_lat), a.lon, a.lat) <= {same_home_m:Float64}
      and (h.staff_id, h.person_id, h.settled_on) not in (
        select d.staff_id, d.person_id, e.settled_on from own_dealings d join holders e on e.staff_id = d.staff_id and e.person_id = d.person_id
        where d.on_day <= toDate32(e.settled_on))
    group by h.staff_id, h.person_id
  ),
  concerned as (
    select staff_id, person_id, listed_on as on_day from holders
    union all
    select h.staff_id, h.person_id, toDate32(c.linked_at) from upstander.case_people c join holders h on h.person_id = c.person_id
    union all
    select h.staff_id, h.person_id, f.from_on from upstander.person_flags f join holders h on h.person_id = f.person_id
    union all
    select staff_id, person_id, on_day from own_dealings
  )
-- As a number that nobody had: whoever is found to have it later does not change what was known then.
select staff_id, number as person_id, settled_on as from_on, toDate('2105-12-01') as to_on, -8 as points, record_id
from private
union all
select h.staff_id, h.person_id, toDate(greatest(min(c.on_day), toDate32('1970-01-02'))), toDate('2105-12-01'), -8, any(h.record_id)
from holders h
join concerned c on c.staff_id = h.staff_id and c.person_id = h.person_id
where (h.staff_id, h.person_id) not in (select staff_id, person_id from same_home)
group by h.staff_id, h.person_id
having min(c.on_day) > toDate32(any(h.settled_on))
union all
select staff_id, person_id, toDate(greatest(settled_on, listed_on, toDate32('1970-01-02'))), toDate('2105-12-01'), -8, record_id
from same_home
