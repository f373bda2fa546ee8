with
  -- What only arrived is not the member of staff's doing: sent, rung or answered for half a minute.
  taken_part as (
    select record_id from upstander.contacts
    where (direction = 'out' or (kind = 'voice' and duration_s >= 30)) and person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  loose as (
    select record_id, staff_id, person_id, at, known_on
    from upstander.purposes
    where fact = 'contact' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and record_id in taken_part
  ),
  parts as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, l.known_on as known_on, r.ended_at as part_ended_at
    from loose l
    asof join (select staff_id, person_id, greatest(to_at, known_at) as ended_at from upstander.reasons where kind != 'logged_contact' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) r
      on r.staff_id = l.staff_id and r.person_id = l.person_id and l.at >= r.ended_at
  ),
  open_with_others as (
    select p.record_id as record_id, p.staff_id as staff_id, p.person_id as person_id, any(p.at) as at, any(p.known_on) as known_on, any(p.part_ended_at) as part_ended_at
    from parts p
    join upstander.case_people c on c.person_id = p.person_id
    where c.kind = 'investigation' and c.linked_at <= p.at and c.closed_at > p.at
      and p.at > p.part_ended_at + toIntervalHour({after_hours:UInt32})
    group by p.record_id, p.staff_id, p.person_id
  ),
  days as (
    select staff_id, person_id, known_on, count() as n, min(at) as first_at, max(at) as last_at, max(part_ended_at) as ended, groupArray(20)(record_id) as records
    from open_with_others group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, records, last_at, ended, sum(n) over w as total, min(first_at) over w as began
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 7 as points, total as count, began as first_at, last_at, records as evidence,
  map('ended', toString(toDate(ended))) as detail
from windows
where total >= {min_contacts:UInt32}
