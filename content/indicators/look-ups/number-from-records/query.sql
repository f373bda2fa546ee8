with
  firsts as (
    select staff_id, person_id, min(at) as first_at, argMin(c.direction, (at, c.record_id)) as direction, argMin(c.record_id, (at, c.record_id)) as record_id
    from upstander.contacts c where person_id != '' and staff_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id having direction = 'out'
  ),
  unexplained as (
    select fact, record_id, staff_id, person_id, at, known_on from upstander.unexplained_events where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  )
select f.staff_id as staff_id, f.person_id as person_id, greatest(max(l.known_on), any(c.known_on)) as found_on, 8 as points, count() as count,
  min(l.at) as first_at, f.first_at as last_at, arrayConcat([f.record_id], groupArraySorted(10)(l.record_id)) as evidence,
  map('hours', toString(round(dateDiff('minute', max(l.at), f.first_at) / 60, 1))) as detail
from firsts f
join (select * from unexplained where fact = 'contact') c on c.record_id = f.record_id and c.person_id = f.person_id
join (select * from unexplained where fact = 'look_up') l on l.staff_id = f.staff_id and l.person_id = f.person_id
left join (select staff_id, person_id, first_met_at from upstander.meetings) m on m.staff_id = f.staff_id and m.person_id = f.person_id
where (m.staff_id = '' or m.first_met_at >= f.first_at - toIntervalDay({new_days:UInt32})) and l.at <= f.first_at and l.at >= f.first_at - toIntervalHour({hours:UInt32})
group by f.staff_id, f.person_id, f.first_at, f.record_id
