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
  ),
  -- When which part was held, and on record: some parts bring more contact than the post does.
  parts as (
    select staff_id, person_id, groupArray((toString(part), toDate32(greatest(from_at, known_at)), toDate32(to_at))) as held
    from upstander.reasons where kind = 'assignment' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id
  )
select c.staff_id as staff_id, c.person_id as person_id, c.family as family, credit, c.day as day
from compared c
left join parts p on p.staff_id = c.staff_id and p.person_id = c.person_id
array join {credits:Array(String)} as credit, {usual_p99:Array(Float64)} as usual, {usual_parts:Array(Array(String))} as usual_for
where c.n >= {times_p99:Float64}
  * if(c.family = 'F1' and arrayExists(h -> has(usual_for, h.1) and h.2 <= c.day and h.3 >= c.day, p.held), greatest(c.p99, usual), c.p99)
