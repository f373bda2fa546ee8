-- The residue of explaining look-ups away, as a person reads it.
select
  l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, l.via as via, l.action as action, l.duty_state as duty_state, l.post as post,
  l.case_id != '' as quoted, m.staff_id != '' and m.first_met_at <= l.at as met
from (select * from upstander.lookups where at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) l
join (
  select record_id, person_id from upstander.purposes
  where fact = 'look_up' and not explained and at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
) p on p.record_id = l.record_id and p.person_id = l.person_id
left join (select staff_id, person_id, first_met_at from upstander.meetings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) m
  on m.staff_id = l.staff_id and m.person_id = l.person_id
