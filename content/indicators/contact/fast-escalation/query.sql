with
  began as (
    select staff_id, party_id, any(person_id) as person, min(at) as first_at
    from upstander.contacts where staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, party_id having count() >= {min_contacts:UInt32}
  ),
  opening as (select min(at) as at from upstander.contacts),
  bursts as (
    select c.staff_id as staff_id, c.party_id as party_id, b.person as person, b.first_at as first_at,
      -- Only what led to the finding counts, not what came after it.
      arraySlice(arraySort(groupArray((c.at, c.record_id, c.attribution = 'shared', c.direction = 'out'))), 1, {min_contacts:UInt32}) as firsts,
      firsts[-1].1 as reached_at, firsts.2 as records, length(firsts) as n, arrayCount(s -> s, firsts.3) as shared_n, arrayCount(o -> o, firsts.4) as made_n
    from upstander.contacts c
    join began b on b.staff_id = c.staff_id and b.party_id = c.party_id
    where c.at <= b.first_at + toIntervalHour({hours:UInt32}) and cityHash64(c.staff_id) % {shards:UInt32} = {shard:UInt32}
    group by c.staff_id, c.party_id, b.person, b.first_at
    having n >= {min_contacts:UInt32} and made_n >= {least_made:Float64} * n
  ),
  live as (
    select b.staff_id as staff_id, b.party_id as party_id
    from bursts b
    join upstander.case_people c on c.person_id = b.person
    where c.kind = 'incident' and c.linked_at <= b.reached_at and c.closed_at > b.reached_at
    group by staff_id, party_id
  )
select b.staff_id as staff_id, b.party_id as person_id, toDate(b.reached_at) as found_on,
  if(l.staff_id != '', {live_points:Float64}, 8) * if(b.shared_n * 2 >= b.n, 0.5, 1) as points,
  {min_contacts:UInt32} as count, b.first_at as first_at, b.reached_at as last_at, b.records as evidence, map() as detail
from bursts b
left join live l on l.staff_id = b.staff_id and l.party_id = b.party_id
left join upstander.meetings m on m.staff_id = b.staff_id and m.person_id = b.party_id
left join upstander.busy_numbers n on n.number = b.party_id
where (n.number = '' or n.from_on > toDate(b.reached_at))
  and (b.first_at >= (select at from opening) + toIntervalDay({settled_days:UInt32})
    or (m.staff_id != '' and m.first_met_at <= b.reached_at and m.first_met_at >= b.first_at - toIntervalDay({settled_days:UInt32})))
