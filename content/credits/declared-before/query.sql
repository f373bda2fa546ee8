with
  began as (
    select staff_id, person_id, min(at) as first_at, minIf(at, fact = 'contact') as first_contact_at
    from upstander.purposes where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
  ),
  declared as (
    select staff_id, person_id, declared_at, disclosure_id from upstander.disclosures where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- Whoever is close to somebody has nothing to declare until a case concerns them.
  first_cases as (select person_id, min(linked_at) as at from upstander.case_people where person_id in (select person_id from declared) group by person_id),
  -- From when it was on record: what was entered later was not known then.
  dealt as (
    select staff_id, person_id, min(at) as at
    from (
      select staff_id, person_id, greatest(from_at, known_at) as at from upstander.reasons where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
      union all
      select staff_id, person_id, at from upstander.lookups where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    )
    group by staff_id, person_id
  )
select d.staff_id as staff_id, d.person_id as person_id, toDate(if(d.declared_at <= b.first_at, d.declared_at, greatest(d.declared_at, c.at))) as from_on, toDate('2105-12-01') as to_on, -6 as points, concat('disclosures:', d.disclosure_id) as record_id
from declared d
join began b on b.staff_id = d.staff_id and b.person_id = d.person_id
left join first_cases c on c.person_id = d.person_id
left join dealt w on w.staff_id = d.staff_id and w.person_id = d.person_id
where d.declared_at <= b.first_at
  or (c.person_id != '' and b.first_contact_at > toDateTime(0) and b.first_contact_at < c.at and d.declared_at <= c.at + toIntervalDay({declare_days:UInt32})
    and (w.staff_id = '' or w.at > d.declared_at))
