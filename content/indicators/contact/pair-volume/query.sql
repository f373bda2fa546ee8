with
  busy_pairs as (
    select staff_id, party_id from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, party_id having sum(contacts) >= {min_contacts:UInt32}
  ),
  windows as (
    select
      staff_id, party_id, day, records,
      sum(contacts) over w as n, sum(out_events) over w as out_n, sum(shared) over w as shared_n, min(day) over w as first_day
    from upstander.pair_days
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, party_id) in busy_pairs
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  against_norm as (
    select w.*, n.centre as centre, n.spread as spread
    from (select * from windows where n >= {min_contacts:UInt32} and out_n >= {least_made:Float64} * n) w
    asof left join (select staff_id, from_on, centre, spread from upstander.staff_norms where metric = 'pair_contacts_14d') n
      on n.staff_id = w.staff_id and w.day >= n.from_on
  )
select
  a.staff_id as staff_id, a.party_id as person_id, a.day as found_on,
  multiIf(n >= {dose_three:UInt32}, 15, n >= {dose_two:UInt32}, 12, 8) * if(shared_n * 2 >= n, 0.5, 1) as points,
  n as count, toDateTime(first_day) as first_at, toDateTime(a.day) + interval 86399 second as last_at, records as evidence,
  map('days', toString(dateDiff('day', first_day, a.day) + 1), 'norm', toString(round(centre, 1))) as detail
from against_norm a
left join upstander.busy_numbers b on b.number = a.party_id
where (n - centre) / greatest(spread, 1) >= {min_z:Float64} and (b.number = '' or b.from_on > a.day)
