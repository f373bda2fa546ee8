-- Days on which a pair's volume was so far beyond the 99th percentile of the post that a role explains it no longer.
-- Contact counts only where the member of staff made a fair share of it: what the other party sends says nothing about a role.
with
  contacts as (
    select staff_id, party_id as person_id, day, sum(contacts) over w as n, sum(out_events) over w as out_n
    from upstander.pair_days
    where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between 27 preceding and current row)
  ),
  stays as (
    select staff_id, person_id, toDate(start_at) as day, count() over w as n
    from upstander.address_stays
    where level = 'stay' and certainty = 'known' and distance_m <= {stay_radius_m:Float64} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(toDate(start_at))) range between 27 preceding and current row)
  ),
  volumes as (
    select staff_id, person_id, 'F1' as family, day, n, 'pair_contacts_28d' as metric from contacts where out_n >= {least_share_made:Float64} * n
    union all
    select distinct staff_id, person_id, 'F2', day, n, 'pair_stays_28d' from stays
  ),
  compared as (
    select v.staff_id as staff_id, v.person_id as person_id, v.family as family, v.day as day, v.n as n, greatest(r.p99, 1) as p99
    from volumes v
    asof join (select staff_id, metric, from_on, p99 from upstander.staff_norms) r on r.staff_id = v.staff_id and r.metric = v.metric and v.day >= r.from_on
  )
select staff_id, person_id, family, credit, day
from compared
array join {credits:Array(String)} as credit, {usual_p99:Array(Float64)} as usual
where n >= {times_p99:Float64} * if(family = 'F1', greatest(p99, usual), p99)
