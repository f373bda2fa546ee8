with
  traces as (
    select staff_id, person_id, toDate(at) as day, known_on, record_id
    from upstander.unexplained_events where fact = 'look_up' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    union all
    select s.staff_id, s.person_id, toDate(s.start_at), p.known_on, s.record_id
    from (
      select staff_id, person_id, start_at, record_id from upstander.address_stays
      where address_kind = 'home' and certainty = 'known' and level = 'stay' and distance_m <= {stay_radius_m:Float64} and ambiguity <= {max_ambiguity:UInt32}
        and attribution != 'late_booking' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
  ),
  bursts as (
    select * from (
      select staff_id, party_id as person_id, day, records,
        sum(texts) over w as texts_n, sum(contacts) over w as contacts_n, sum(out_events) over w as out_n, sum(shared) over w as shared_n, min(day) over w as first_day
      from upstander.pair_days
      where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, party_id) in (select staff_id, person_id from traces)
      window w as (partition by staff_id, party_id order by toInt32(toUInt16(day)) range between {burst_days:UInt32} - 1 preceding and current row)
    )
    where texts_n >= {min_texts:UInt32} and out_n >= {least_share_made:Float64} * contacts_n
  ),
  -- Every day on which something was seen afterwards, by the day on which it was known to be unexplained.
  seen as (
    select b.staff_id as staff_id, b.person_id as person_id, b.day as day, t.day as seen_on, min(t.known_on) as settled_on, groupArraySorted(10)(t.record_id) as records
    from bursts b
    join traces t on t.staff_id = b.staff_id and t.person_id = b.person_id
    where t.day > b.day and t.day <= b.day + {follow_days:UInt32}
    group by b.staff_id, b.person_id, b.day, t.day
  ),
  gone_on as (
    select staff_id, person_id, day, arraySort(x -> (x.1, x.2), groupArray((settled_on, seen_on, records))) as days_seen,
      greatest(day + {quiet_days:UInt32}, days_seen[{min_days_after:UInt32}].1) as found_on,
      arrayFilter(x -> x.1 <= found_on, days_seen) as counted
    from seen group by staff_id, person_id, day
    having length(days_seen) >= {min_days_after:UInt32}
  ),
  silences as (
    select g.staff_id as staff_id, g.person_id as person_id, g.day as day, g.found_on as found_on, g.counted as counted,
      sumIf(d.contacts, d.party_id = g.person_id and d.day <= g.found_on) as left_n,
      uniqExactIf(d.day, d.party_id != g.person_id and d.day <= g.day + {quiet_days:UInt32}) as days_in_use
    from gone_on g
    join (select staff_id, party_id, day, contacts from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) d on d.staff_id = g.staff_id
    where d.day > g.day and d.day <= g.found_on
    group by g.staff_id, g.person_id, g.day, g.found_on, g.counted
    having days_in_use >= {min_days_in_use:UInt32}
  ),
  -- The last days of one burst begin one silence: it is told once, on the first day on which it stands.
  told as (
    select *, lagInFrame(toNullable(found_on)) over (partition by staff_id, person_id order by found_on, day rows between unbounded preceding and current row) as told_on
    from (
      select s.staff_id as staff_id, s.person_id as person_id, s.day as day, s.found_on as found_on, s.counted as counted, s.left_n as left_n,
        b.texts_n as texts_n, b.contacts_n as contacts_n, b.shared_n as shared_n, b.first_day as first_day, b.records as records
      from silences s
      join bursts b on b.staff_id = s.staff_id and b.person_id = s.person_id and b.day = s.day
      where s.left_n <= {max_left:Float64} * b.contacts_n / {burst_days:UInt32} * (s.found_on - s.day)
    )
  )
select
  staff_id, person_id, found_on, 9 * if(shared_n * 2 >= contacts_n, 0.5, 1) as points, length(arrayFlatten(counted.3)) as count,
  toDateTime(first_day) as first_at, toDateTime(found_on) as last_at, arraySlice(arrayConcat(records, arrayFlatten(counted.3)), 1, 30) as evidence,
  map('texts', toString(texts_n), 'left', toString(left_n), 'quiet', toString(found_on - day)) as detail
from told
where told_on is null or found_on > told_on + {quiet_days:UInt32}
