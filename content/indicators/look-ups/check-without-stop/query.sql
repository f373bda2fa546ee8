with
  checks as (
    select l.record_id as record_id, l.staff_id as staff_id, l.person_id as person_id, l.at as at, p.known_on as known_on
    from (
      select record_id, staff_id, person_id, at from upstander.look_up_residue
      where via = 'vehicle' and not quoted and not has({exempt_posts:Array(String)}, toString(post)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) l
    join (select record_id, person_id, known_on from upstander.unexplained_events where fact = 'look_up' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = l.record_id and p.person_id = l.person_id
  ),
  -- Their own stop, or one by whoever was crewed with them.
  stopped as (
    select c.record_id as record_id
    from checks c join (select staff_id, at from upstander.stops) s on s.staff_id = c.staff_id
    where abs(dateDiff('second', c.at, s.at)) <= {stop_minutes:UInt32} * 60
    union distinct
    select c.record_id
    from checks c
    join (select staff_id, unit_id, start_at, end_at from upstander.crewing) own on own.staff_id = c.staff_id
    join (select staff_id, unit_id, start_at, end_at from upstander.crewing) mate on mate.unit_id = own.unit_id
    join (select staff_id, at from upstander.stops) s on s.staff_id = mate.staff_id
    where c.at >= own.start_at and c.at <= own.end_at and s.at >= mate.start_at and s.at <= mate.end_at and abs(dateDiff('second', c.at, s.at)) <= {stop_minutes:UInt32} * 60
  ),
  at_a_log as (
    select c.record_id as record_id
    from checks c
    join (select staff_id, assigned_at, coalesce(left_at, coalesce(arrived_at, assigned_at) + interval 4 hour) as ended_at from upstander.attendances) a on a.staff_id = c.staff_id
    where c.at >= a.assigned_at and c.at <= a.ended_at + toIntervalMinute({stop_minutes:UInt32})
    group by record_id
  ),
  loose as (
    select * from checks where record_id not in (select record_id from stopped) and record_id not in (select record_id from at_a_log)
  ),
  moments as (
    select m.staff_id as staff_id, m.known_on as found_on, uniqExact(e.record_id) as n
    from (select distinct staff_id, known_on from loose) m
    join loose e on e.staff_id = m.staff_id
    where e.known_on <= m.known_on and e.known_on > m.known_on - {window_days:UInt32}
    group by m.staff_id, m.known_on
    having n >= {min_checks:UInt32}
  )
select m.staff_id as staff_id, e.person_id as person_id, m.found_on as found_on, 3 as points, any(m.n) as count, min(e.at) as first_at, max(e.at) as last_at,
  groupArraySorted(20)(distinct e.record_id) as evidence, map() as detail
from moments m
join loose e on e.staff_id = m.staff_id
where e.known_on <= m.found_on and e.known_on > m.found_on - {window_days:UInt32}
group by m.staff_id, e.person_id, m.found_on
