with
  at_work as (
    select distinct staff_id, toDate(at) as day from upstander.system_access where not coalesce(remote, false) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  days as (
    select staff_id, party_id, day, on_leave, on_leave_records, shared, contacts
    from upstander.pair_days
    where on_leave > 0 and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, day) not in at_work
  ),
  windows as (
    select *, sum(on_leave) over w as n, min(day) over w as first_day, sum(shared) over w as shared_n, sum(contacts) over w as contacts_n
    from days
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.party_id as person_id, w.day + 1 as found_on, 9 * if(shared_n * 2 >= contacts_n, 0.5, 1) as points, n as count,
  toDateTime(first_day) as first_at, toDateTime(w.day) + interval 86399 second as last_at, on_leave_records as evidence, map() as detail
from windows w
left join upstander.busy_numbers b on b.number = w.party_id
where n >= {min_contacts:UInt32} and (b.number = '' or b.from_on > w.day)
