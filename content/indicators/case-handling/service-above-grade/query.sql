with
  loose as (
    select s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as start_at, s.minutes as minutes, p.known_on as known_on
    from upstander.address_stays s
    join (select record_id, staff_id, person_id, known_on from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = s.record_id and p.staff_id = s.staff_id and p.person_id = s.person_id
    where s.address_kind = 'home' and s.certainty = 'known' and s.level = 'stay' and s.distance_m <= {stay_radius_m:Float64} and s.ambiguity <= {max_ambiguity:UInt32}
      and s.unit_kind in ('vehicle', 'terminal', '') and cityHash64(s.staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A vehicle and a terminal in it are one visit: the longer of the two counts.
  visits as (
    select l.staff_id as staff_id, l.person_id as person_id, l.known_on as known_on, toStartOfHour(l.start_at) as hour, max(l.minutes) as longest, argMax(l.record_id, (l.minutes, l.record_id)) as visit_id, min(l.start_at) as began_at
    from loose l group by staff_id, person_id, known_on, hour
  ),
  days as (
    select staff_id, person_id, known_on, sum(longest) / 60 as hours, min(began_at) as first_at, max(began_at) as last_at, count() as n, groupArraySorted(20)(visit_id) as records
    from visits group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, sum(hours) over w as total, sum(n) over w as n_visits, min(first_at) over w as began,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  -- What excuses the visits themselves excuses their length.
  excused as (
    select distinct w.staff_id as staff_id, w.person_id as person_id, w.known_on as known_on
    from windows w
    join (select staff_id, person_id, from_on, to_on from upstander.credits where credit in ('declared-before', 'lives-nearby')) c
      on c.staff_id = w.staff_id and c.person_id = w.person_id
    where c.from_on <= w.known_on and c.to_on >= w.known_on
  )
select w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, 4 as points, w.n_visits as count, w.began as first_at, w.last_at as last_at, w.all_records as evidence,
  map('hours', toString(round(w.total, 1)), 'norm', toString(round(n.centre, 1))) as detail
from windows w
asof join (select staff_id, from_on, centre, spread from upstander.staff_norms where metric = 'pair_hours_28d') n on n.staff_id = w.staff_id and w.known_on >= n.from_on
where (w.staff_id, w.person_id, w.known_on) not in excused and w.total >= {min_hours:Float64} and (w.total - n.centre) / greatest(n.spread, 0.25) >= {min_z:Float64}
