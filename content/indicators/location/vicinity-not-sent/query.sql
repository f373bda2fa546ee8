with
  places as (
    select cell, arraySort(groupArray(first_on))[{communal_staff:UInt32}] as communal_from
    from (
      select (toInt32(floor(s.lat / 0.001)), toInt32(floor(s.lon / 0.0016))) as cell, s.staff_id as staff_id, min(toDate(s.start_at)) as first_on
      from upstander.address_stays s
      group by cell, staff_id
    )
    group by cell having count() >= {communal_staff:UInt32}
  ),
  loose as (
    select
      s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as start_at, s.end_at as end_at, s.minutes as minutes,
      s.distance_m as distance_m, s.duty_state as duty_state, s.duty_reason as duty_reason, s.crew_size as crew_size, s.unit_kind as unit_kind,
      s.attribution as attribution, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and cityHash64(s.staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A vehicle and a terminal in it are one visit; so are two halts within half an hour.
  occasions as (
    select * from (
      select *, lagInFrame(toNullable(start_at)) over (partition by staff_id, person_id order by start_at, record_id rows between unbounded preceding and current row) as previous_at
      from loose
    )
    where previous_at is null or start_at > previous_at + interval 30 minute
  ),
  private as (
    select o.* from occasions o
    left join (select s.record_id as record_id, any(p.communal_from) as communal_from
      from upstander.address_stays s join places p on p.cell = (toInt32(floor(s.lat / 0.001)), toInt32(floor(s.lon / 0.0016)))
      where cityHash64(s.staff_id) % {shards:UInt32} = {shard:UInt32}
      group by record_id) c on c.record_id = o.record_id
    where c.record_id = '' or c.communal_from > toDate(o.start_at)
  ),
  days as (
    select staff_id, person_id, known_on, count() as n, countIf(duty_state in ('off', 'absent')) as off_n, min(start_at) as first_at, max(start_at) as last_at, groupArraySorted(20)(record_id) as records
    from private group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(n) over w as total, sum(off_n) over w as off_total, min(first_at) over w as began,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 7 as points, total as count, began as first_at, last_at, all_records as evidence,
  map('first', formatDateTime(began, '%e %M'), 'last', formatDateTime(last_at, '%e %M'), 'off_duty', toString(off_total)) as detail
from windows
where total >= {min_occasions:UInt32}
