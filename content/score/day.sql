-- The days on which every pair, and every member of staff with a concern of their own, is scored: those on which something changed,
-- and {extra_days}.
with
  mine as (
    select * from upstander.findings where unit != 'person' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  openings as (
    select staff_id, person_id, min(found_on) as first_on from mine where unit = 'pair' group by staff_id, person_id
  )
select staff_id, person_id, found_on as on_day from mine where unit = 'pair'
union distinct
select o.staff_id, o.person_id, s.found_on
from openings o join (select distinct staff_id, found_on from mine where unit = 'staff') s on s.staff_id = o.staff_id
where s.found_on >= o.first_on
union distinct
select staff_id, person_id, arrayJoin({extra_days:Array(Date)}) as on_day from openings where on_day >= first_on
union distinct
select staff_id, '', found_on from mine where unit = 'staff'
union distinct
select staff_id, '', arrayJoin({extra_days:Array(Date)}) as on_day from mine where unit = 'staff' and on_day >= found_on
