with began as (
  select staff_id, person_id, min(at) as first_at from upstander.purposes where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
)
select d.staff_id as staff_id, d.person_id as person_id, toDate(d.declared_at) as from_on, toDate('2105-12-01') as to_on, -6 as points, concat('disclosures:', d.disclosure_id) as record_id
from upstander.disclosures d
join began b on b.staff_id = d.staff_id and b.person_id = d.person_id
where d.person_id != '' and d.declared_at <= b.first_at and cityHash64(d.staff_id) % {shards:UInt32} = {shard:UInt32}
