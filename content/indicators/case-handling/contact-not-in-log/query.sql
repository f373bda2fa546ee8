with
  heavy as (
    select staff_id, person_id, found_on from upstander.findings_next where indicator = 'pair-volume' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- Before anybody's first entry nothing can be said of what an empty log means.
  supplied as (select count() > 0 as any_logs, min(at) as began_at from upstander.contact_log),
  -- The log holds people: contact with a number that nobody has cannot be written up, so its absence says nothing.
  windows as (
    select staff_id, party_id, day, records, sum(out_events) over w as n, count() over w as all_days, countIf(logged) over w as logged_days, min(day) over w as first_day
    from upstander.pair_days
    where person_id != '' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, party_id) in (select staff_id, person_id from heavy)
    window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select w.staff_id as staff_id, w.party_id as person_id, w.day + 1 as found_on, 4 as points, n as count,
  toDateTime(first_day) as first_at, toDateTime(w.day) + interval 86399 second as last_at, records as evidence,
  map('logged', toString(logged_days), 'days', toString(all_days)) as detail
from windows w
join heavy h on h.staff_id = w.staff_id and h.person_id = w.party_id and h.found_on = w.day
where n >= {min_contacts:UInt32} and logged_days <= {max_share:Float64} * all_days and (select any_logs from supplied) and toDateTime(w.day) >= (select began_at from supplied)
