with
  acts as (
    select a.staff_id as staff_id, c.person_id as person_id, a.incident_id as incident_id, a.at as at, toString(a.action) as action, toDate(greatest(a.at, c.linked_at)) as known_on
    from (select staff_id, incident_id, at, action from upstander.incident_actions
          where action in ('self_allocated', 'deferred_to_own_shift') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) a
    join (select case_id, person_id, linked_at, part from upstander.case_people where part not in ('suspect', 'detainee')) c on c.case_id = a.incident_id
  ),
  roles as (
    select staff_id, person_id, from_at, to_at, known_at from upstander.reasons
    where kind in ('allocation', 'assignment') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  own_work as (
    select a.staff_id as staff_id, a.person_id as person_id, a.incident_id as incident_id
    from acts a join roles r on r.staff_id = a.staff_id and r.person_id = a.person_id
    where r.from_at <= a.at and r.to_at >= a.at and r.known_at <= a.at
    group by staff_id, person_id, incident_id
  ),
  days as (
    select staff_id, person_id, known_on, groupUniqArrayIf(incident_id, action = 'self_allocated') as taken, groupUniqArrayIf(incident_id, action != 'self_allocated') as held,
      min(at) as first_at, max(at) as last_at, groupArraySorted(20)(distinct concat('incident_actions:', incident_id, ':', staff_id)) as records
    from acts where (staff_id, person_id, incident_id) not in own_work
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, min(first_at) over w as began, length(arrayDistinct(arrayFlatten(groupArray(taken) over w))) as n_taken,
      length(arrayDistinct(arrayFlatten(groupArray(held) over w))) as n_held, arrayDistinct(arraySlice(arrayFlatten(groupArray(records) over w), -20)) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, if(t.post = 'neighbourhood', 3, 7) as points, w.n_taken + w.n_held as count,
  w.began as first_at, w.last_at as last_at, w.all_records as evidence, map('taken', toString(w.n_taken), 'held', toString(w.n_held)) as detail
from windows w
asof left join (select staff_id, post, toDate(from_on) as since from upstander.postings) t on t.staff_id = w.staff_id and w.known_on >= t.since
where w.n_taken >= {min_taken:UInt32} or w.n_held >= {min_held:UInt32}
