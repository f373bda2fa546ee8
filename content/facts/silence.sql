-- A unit that was under way fell silent, and was elsewhere when it was heard again. A parked vehicle's tracker sleeps, so one that
-- was switched off or is still where it was does not count: its silence belongs to a stay, which says that it is not known.
with
  tracks as (
    select unit_id, arraySort(f -> f.1, groupArray((toUnixTimestamp(at), lat, lon, ifNull(not ignition, false)))) as fix
    from upstander.positions
    where at >= toDateTime(greatest(toInt64(toUnixTimestamp({from:DateTime})) - 172800, 0)) and cityHash64(unit_id) % {shards:UInt32} = {shard:UInt32}
    group by unit_id
  ),
  gaps as (
    select t.unit_id as unit_id, toString(u.kind) as unit_kind, pair.1 as before, pair.2 as after
    from tracks t
    left join (select unit_id, kind from upstander.units) u on u.unit_id = t.unit_id
    array join arrayFilter(
      p -> p.2.1 - p.1.1 > toUInt32({gap_minutes:Float64} * 60) and p.2.1 - p.1.1 <= {longest_silence_minutes:UInt32} * 60 and not p.1.4,
      arrayZip(arrayPopBack(t.fix), arrayPopFront(t.fix))) as pair
  )
select unit_id, unit_kind, toDateTime(before.1) as start_at, toDateTime(after.1) as end_at, before.2 as lat, before.3 as lon
from gaps
where start_at >= {from:DateTime}
  and (unit_kind not in ('radio', 'body_worn') or after.1 - before.1 > {quiet_minutes:UInt32} * 60)
  and geoDistance(before.3, before.2, after.3, after.2) > 2 * {stay_radius_m:Float64}
