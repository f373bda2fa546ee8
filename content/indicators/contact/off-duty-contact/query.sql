with
  strays as (
    select staff_id, party_id from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, party_id having sumIf(off_duty, not logged) >= {min_contacts:UInt32}
  ),
  windows as (
    select staff_id, party_id, day, off_duty, logged, off_duty_records, min(if(off_duty > 0, day, toDate('2106-01-01'))) over w as first_day,
      sum(if(logged, 0, off_duty)) over w as n, sum(took_part) over w as all_n, sum(shared) over w as shared_n, sum(contacts) over w as contacts_n
    from upstander.pair_days
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, party_id) in strays
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.party_id as person_id, w.day + 1 as found_on, 8 * if(shared_n * 2 >= contacts_n, 0.5, 1) as points, n as count,
  toDateTime(first_day) as first_at, toDateTime(w.day) + interval 86399 second as last_at, off_duty_records as evidence, map('all', toString(all_n)) as detail
from windows w
left join upstander.busy_numbers b on b.number = w.party_id
where off_duty > 0 and not logged and n >= {min_contacts:UInt32} and n >= {min_share:Float64} * all_n and (b.number = '' or b.from_on > w.day)
