with
  loose as (
    select
      s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as start_at, s.end_at as end_at, s.minutes as minutes,
      s.distance_m as distance_m, s.duty_state as duty_state, s.duty_reason as duty_reason, s.crew_size as crew_size, s.unit_kind as unit_kind,
      s.attribution as attribution, p.known_on as known_on,
      -- A pool vehicle, or one that somebody else keeps, in the name of a person who was off duty is often a wrong booking: an uncertain
      -- attribution, which halves. A wrong booking does not come back to the same home another night.
      s.unit_kind != 'vehicle' or s.attribution = 'take_home'
        or (s.unit_id not in (select unit_id from upstander.units where not take_home) and c.unit_id != '' and c.first_at < s.start_at - interval 12 hour) as kept
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    left join (
      select unit_id, staff_id, min(start_at) as first_at from upstander.crewing where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by unit_id, staff_id
    ) c on c.unit_id = s.unit_id and c.staff_id = s.staff_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and s.duty_state in ('off', 'absent') and s.duty_reason != 'training' and s.attribution != 'late_booking'
  ),
  -- A vehicle and a terminal in it are one visit; so are two halts within half an hour.
  occasions as (
    select * from (
      select *, lagInFrame(toNullable(start_at)) over (partition by staff_id, person_id order by start_at, record_id rows between unbounded preceding and current row) as previous_at
      from loose
    )
    where previous_at is null or start_at > previous_at + interval 30 minute
  ),
  days as (
    select staff_id, person_id, known_on, max(kept) as kept, count() as n, min(start_at) as first_at, max(start_at) as last_at, groupArraySorted(20)(record_id) as records
    from occasions group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, max(kept) over w as any_kept, sum(n) over w as total, count() over w as nights, min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, if(any_kept or nights >= {pool_nights:UInt32}, 10, 5) as points, total as count, began as first_at, last_at, all_records as evidence,
  map('last', formatDateTime(last_at, '%e %M')) as detail
from windows
