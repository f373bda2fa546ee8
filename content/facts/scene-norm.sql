-- How long is usual at the scene, by type and grade of the log: minutes are compared as logarithms, because they are log-normal (evidence (a)).
with
  scenes as (
    select
      a.staff_id as staff_id, toString(i.type) as type, toString(i.grade) as grade, log(dateDiff('second', assumeNotNull(a.arrived_at), assumeNotNull(a.left_at)) / 60) as n,
      intDiv(toUInt32(toDate(assumeNotNull(a.left_at))), 28) as block
    from upstander.attendances a
    join upstander.incidents i on i.incident_id = a.incident_id
    where a.arrived_at is not null and a.left_at is not null and a.left_at > a.arrived_at + interval 1 minute
  ),
  samples as (
    select type, arrayJoin(arrayDistinct([grade, ''])) as for_grade, toDate((block + ahead) * 28) as from_on, staff_id, n
    from scenes
    array join range(1, toUInt32(intDiv({norm_days:UInt32}, 28)) + 1) as ahead
  ),
  measured as (
    select type, for_grade, from_on, uniqExact(staff_id) as peers, quantileExact(0.5)(n) as middle, groupArray(n) as ns
    from samples
    group by type, for_grade, from_on
    having peers >= {norm_min_peers:UInt32}
  )
select
  type, for_grade as grade, from_on, toUInt32(peers) as peers, middle as centre,
  greatest(0.3, 1.4826 * arrayReduce('quantileExact(0.5)', arrayMap(n -> abs(n - middle), ns))) as spread
from measured
union all
-- The written default: 35 minutes in the middle, a domestic abuse log 70, and 0.8 either way as logarithms (evidence (a)).
select '', '', toDate('1970-01-01'), 0, log(35), 0.8
union all
select 'domestic_abuse', '', toDate('1970-01-01'), 0, log(70), 0.8
