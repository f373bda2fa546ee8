-- A declared partner whom the same member of staff had to do with on duty before the declaration.
with
  declared as (
    select disclosure_id, staff_id, person_id, declared_at
    from upstander.disclosures
    where person_id != '' and has({kinds:Array(String)}, toString(kind)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  known_before as (
    select staff_id, person_id, min(declared_at) as since from upstander.disclosures
    where kind = 'known_before_duty' and person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
  ),
  met as (
    select d.disclosure_id as disclosure_id, d.staff_id as staff_id, d.person_id as person_id, any(d.declared_at) as declared_at,
      min(greatest(r.from_at, r.known_at)) as first_at, max(least(r.to_at, d.declared_at)) as last_at, arraySlice(arraySort(groupUniqArray(r.record_id)), 1, 20) as records,
      max(c.case_id != '' and c.closed_at > d.declared_at) as open_case, arrayStringConcat(arraySort(groupUniqArrayIf(replaceAll(toString(c.part), '_', ' '), c.part != '')), ' and ') as part
    from declared d
    join (select * from upstander.reasons where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) r on r.staff_id = d.staff_id and r.person_id = d.person_id
    left join upstander.case_people c on c.case_id = r.case_id and c.person_id = r.person_id
    where greatest(r.from_at, r.known_at) < d.declared_at
    group by d.disclosure_id, d.staff_id, d.person_id
  )
select m.staff_id as staff_id, m.person_id as person_id, toDate(m.declared_at) as found_on,
  if(m.open_case or m.last_at >= m.declared_at - toIntervalDay({recent_days:UInt32}), {recent_points:Float64}, {old_points:Float64}) as points,
  length(m.records) as count, m.first_at as first_at, m.last_at as last_at, arrayConcat([concat('disclosures:', m.disclosure_id)], m.records) as evidence,
  map('declared', toString(toDate(m.declared_at)), 'met', toString(toDate(m.first_at)), 'part', if(m.part = '', '', concat(' as ', m.part)), 'open', if(m.open_case, ', and a case they shared was still open', '')) as detail
from met m
left join known_before k on k.staff_id = m.staff_id and k.person_id = m.person_id
-- Known before duty brought them together, and said so before it did: no finding.
where k.staff_id = '' or k.since > m.first_at
