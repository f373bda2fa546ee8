-- Days on which a pair's volume was so far beyond the 99th percentile of the post that a role explains it no longer.
with
  contacts as (
    select staff_id, party_id as person_id, day, sum(contacts) over w as n
    from upstander.pair_days
    where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between 27 preceding and current row)
  ),
  stays as (
    select staff_id, person_id, toDate(start_at) as day, count() over w as n
    from upstander.address_stays
    where level = 'stay' and certainty = 'known' and distance_m <= {stay_radius_m:Float64} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(toDate(start_at))) range between 27 preceding and current row)
  )
select c.staff_id as staff_id, c.person_id as person_id, 'F1' as family, c.day as day
from contacts c
asof join (select staff_id, from_on, p99 from upstander.staff_norms where metric = 'pair_contacts_28d') n on n.staff_id = c.staff_id and c.day >= n.from_on
where c.n >= {times_p99:Float64} * n.p99
union all
select distinct s.staff_id, s.person_id, 'F2', s.day
from stays s
asof join (select staff_id, from_on, p99 from upstander.staff_norms where metric = 'pair_stays_28d') n on n.staff_id = s.staff_id and s.day >= n.from_on
where s.n >= {times_p99:Float64} * greatest(n.p99, 1)
