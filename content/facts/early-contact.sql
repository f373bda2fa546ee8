-- Families and friends are rung on work phones from the start of the bill on. A number that was looked up before the contact was
-- established may have been found that way, and is left out.
with
  days as (
    select staff_id, other_address as number, toDate(at) as day, min(at) as first_at, countIf(direction = 'in') as ins, countIf(direction = 'out') as outs, min(record_id) as record_id
    from upstander.contacts
    where staff_id != '' and attribution = 'held' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, number, day
  ),
  bills as (select staff_id, min(day) as began_on from days group by staff_id),
  grown as (
    select staff_id, number, day, record_id, sum(ins) over w as all_in, sum(outs) over w as all_out, min(first_at) over w as began_at
    from days
    window w as (partition by staff_id, number order by day rows between unbounded preceding and current row)
  ),
  settled as (
    select g.staff_id as staff_id, g.number as number, min(g.day) as settled_on, min(g.record_id) as record_id
    from grown g
    join bills b on b.staff_id = g.staff_id
    where g.all_in + g.all_out >= {private_contacts:UInt32} and g.all_in > 0 and g.all_out > 0 and toDate(g.began_at) < b.began_on + {bill_start_days:UInt32}
    group by g.staff_id, g.number
  ),
  looked_up as (
    select staff_id, subject_id as number, toDate(min(at)) as on_day from upstander.system_access
    where subject_kind = 'number' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, number
  )
select s.staff_id as staff_id, s.number as number, s.settled_on as settled_on, s.record_id as record_id
from settled s
left join looked_up l on l.staff_id = s.staff_id and l.number = s.number
where l.number = '' or l.on_day > s.settled_on
