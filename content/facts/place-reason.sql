-- Why a member of staff was at a place, whoever lives there: police presence is ordinary, a patrol plan, or a log close by.
with
  here as (
    select record_id, staff_id, start_at, lat, lon, duty_state
    from upstander.crew_stays
    where start_at >= {from:DateTime} and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  site_cells as (
    select
      site_id, lat, lon,
      arrayJoin(arrayMap(step -> (toInt32(floor(lat / 0.002)) + intDiv(step, 3) - 1, toInt32(floor(lon / 0.003)) + step % 3 - 1), range(9))) as cell
    from upstander.sites
  ),
  at_sites as (
    select s.record_id as record_id, s.staff_id as staff_id, s.start_at as happened_at, 'site' as why, concat('sites:', c.site_id) as why_record
    from (select *, (toInt32(floor(lat / 0.002)), toInt32(floor(lon / 0.003))) as cell from here) s
    join site_cells c on c.cell = s.cell
    where geoDistance(s.lon, s.lat, c.lon, c.lat) <= {site_m:Float64}
  ),
  teamed as (
    select s.*, p.team as team
    from here s
    asof left join (select staff_id, team, toDateTime(from_on, 'UTC') as from_at from upstander.postings) p on p.staff_id = s.staff_id and s.start_at >= p.from_at
  ),
  planned as (
    select s.record_id as record_id, s.staff_id as staff_id, s.start_at as happened_at, 'patrol_plan' as why, concat('patrol_plans:', p.plan_id) as why_record
    from teamed s
    join (select * from upstander.patrol_plans where team != '' and staff_id = '') p on p.team = s.team
    where s.start_at >= p.from_at and s.start_at <= p.to_at and s.duty_state not in ('off', 'absent')
      and geoDistance(s.lon, s.lat, p.lon, p.lat) <= p.radius_m + {stay_radius_m:Float64}
    union all
    select s.record_id, s.staff_id, s.start_at, 'patrol_plan', concat('patrol_plans:', p.plan_id)
    from here s
    join (select * from upstander.patrol_plans where staff_id != '') p on p.staff_id = s.staff_id
    where s.start_at >= p.from_at and s.start_at <= p.to_at and s.duty_state not in ('off', 'absent')
      and geoDistance(s.lon, s.lat, p.lon, p.lat) <= p.radius_m + {stay_radius_m:Float64}
  ),
  sent_nearby as (
    select s.record_id as record_id, s.staff_id as staff_id, s.start_at as happened_at, 'attendance' as why,
      concat('attendances:', a.incident_id, ':', a.staff_id) as why_record
    from here s
    join (
      select
        t.staff_id as staff_id, t.incident_id as incident_id, t.assigned_at as assigned_at,
        coalesce(t.left_at, coalesce(t.arrived_at, t.assigned_at) + interval 4 hour) as ended_at, i.lat as lat, i.lon as lon,
        arrayJoin([toDate(t.assigned_at), toDate(t.assigned_at) + 1]) as day
      from upstander.attendances t
      join upstander.incidents i on i.incident_id = t.incident_id
      where i.lat is not null and i.lon is not null and cityHash64(t.staff_id) % {shards:UInt32} = {shard:UInt32}
    ) a on a.staff_id = s.staff_id and a.day = toDate(s.start_at)
    where s.start_at >= a.assigned_at - interval 15 minute and s.start_at <= a.ended_at + interval 30 minute
      and geoDistance(s.lon, s.lat, assumeNotNull(a.lon), assumeNotNull(a.lat)) <= 300
  ),
  answers as (
    select *, 1 as rank from at_sites union all select *, 2 from planned union all select *, 3 from sent_nearby
  )
select record_id, staff_id, any(happened_at) as at, argMin(why, rank) as because, argMin(why_record, (rank, why_record)) as because_record
from answers
group by record_id, staff_id
