with
  ringers as (
    select staff_id, party_id from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, party_id having sum(short_calls) >= {min_calls:UInt32}
  ),
  windows as (
    select staff_id, party_id, day, short_calls, short_call_records, sum(short_calls) over w as n, min(if(short_calls > 0, day, toDate('2106-01-01'))) over w as first_day,
      sum(shared) over w as shared_n, sum(contacts) over w as contacts_n
    from upstander.pair_days
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, party_id) in ringers
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.party_id as person_id, w.day as found_on, 4 * if(shared_n * 2 >= contacts_n, 0.5, 1) as points, n as count,
  toDateTime(first_day) as first_at, toDateTime(w.day) + interval 86399 second as last_at, short_call_records as evidence, map() as detail
from windows w
left join upstander.busy_numbers b on b.number = w.party_id
where short_calls > 0 and n >= {min_calls:UInt32} and (b.number = '' or b.from_on > w.day)
