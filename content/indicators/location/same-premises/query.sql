-- One premises again and again: the home of nobody they had met, with no reason of its own, and not a stopping place of many.
with
  -- Whose work, school or other address it is, where that is somebody they had met and no record explains the visit.
  linked as (
    select a.record_id as record_id, a.staff_id as staff_id, groupUniqArray(a.person_id) as people
    from upstander.address_stays a
    join (select record_id, staff_id, person_id from upstander.purposes where fact = 'stay' and not explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) p
      on p.record_id = a.record_id and p.staff_id = a.staff_id and p.person_id = a.person_id
    where a.address_kind != 'home' and a.distance_m <= {stay_radius_m:Float64}
    group by a.record_id, a.staff_id
  ),
  -- A visit to somebody's work that a record explains is no visit to the premises for its own sake.
  explained as (
    select record_id, staff_id from upstander.purposes where fact = 'stay' and explained and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A premises lies whole in a square of one of four grids that are half a square apart.
  placed as (
    select
      u.record_id as record_id, u.staff_id as staff_id, u.start_at as start_at, u.end_at as end_at, u.known_on as known_on,
      arrayJoin(arrayMap(g -> (g, toInt32(floor(u.lat / 0.00108 + intDiv(g, 2) / 2)), toInt32(floor(u.lon / 0.00176 + g % 2 / 2))), range(4))) as square
    from upstander.untasked_stays u
    left join upstander.stopping_places c on c.square_lat = toInt32(floor(u.lat / 0.001)) and c.square_lon = toInt32(floor(u.lon / 0.0016))
    where cityHash64(u.staff_id) % {shards:UInt32} = {shard:UInt32} and (c.from_on = toDate(0) or c.from_on > u.known_on)
      and (u.record_id, u.staff_id) not in explained
  ),
  occasions as (
    select p.*, arrayJoin(if(length(l.people) between 1 and {max_ambiguity:UInt32}, l.people, [''])) as person_id
    from (
      select *, lagInFrame(toNullable(start_at)) over (partition by staff_id, square order by start_at, record_id rows between unbounded preceding and current row) as previous_at
      from placed
    ) p
    left join linked l on l.record_id = p.record_id and l.staff_id = p.staff_id
    where p.previous_at is null or p.start_at > p.previous_at + interval 30 minute
  ),
  days as (
    select staff_id, person_id, square, known_on, count() as n, min(start_at) as first_at, max(end_at) as last_at, groupArraySorted(20)(record_id) as records
    from occasions group by staff_id, person_id, square, known_on
  ),
  windows as (
    select
      staff_id, person_id, square, known_on, sum(n) over w as total, min(first_at) over w as began, max(last_at) over w as ended,
      arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id, square order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select
  w.staff_id as staff_id, w.person_id as person_id, w.known_on as found_on, 3 as points, w.total as count, w.began as first_at, w.ended as last_at, w.all_records as evidence,
  map('first', formatDateTime(w.began, '%e %M'), 'last', formatDateTime(w.ended, '%e %M')) as detail
from windows w
asof left join (select staff_id, from_on, centre, spread from upstander.staff_norms where metric = 'place_stays_28d') n
  on n.staff_id = w.staff_id and w.known_on >= n.from_on
where w.total >= {min_stays:UInt32} and w.total >= n.centre + {min_z:Float64} * greatest(n.spread, 1)
order by count desc, square
limit 1 by staff_id, person_id, found_on
