-- What every indicator has weighed for its pair, member of staff or person, from each day of a finding on.
with
  mine as (
    select * from upstander.findings where unit != 'person' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  openings as (
    select staff_id, person_id, min(found_on) as first_on from mine where unit = 'pair' group by staff_id, person_id
  ),
  -- What an indicator still weighs only falls between findings, so the running greatest of points x 2^(day / half-life) is enough;
  -- one that restates its case weighs what it last said.
  series as (
    select
      f.unit as unit, f.staff_id as staff_id, f.person_id as person_id, f.indicator as indicator, f.found_on as found_on, r.family as family, r.source as source,
      r.half_life as half_life, r.floored as floored, r.supporting as supporting,
      f.points * exp2(if(r.half_life > 0, (toUInt16(f.found_on) - {epoch_day:UInt32}) / r.half_life, 0)) as grown_now,
      if(r.restates, grown_now, max(grown_now) over w) as grown,
      max(f.points) over w as highest,
      max(f.resolved_on) over w as resolved_on
    from (select * from mine union all select * from upstander.findings where unit = 'person' and person_id in (select person_id from openings)) f
    join upstander.score_rules r on r.indicator = f.indicator
    window w as (partition by f.staff_id, f.person_id, f.indicator order by f.found_on range between unbounded preceding and current row)
  )
select unit, staff_id, person_id, indicator, found_on, family, source, half_life, floored, supporting, grown, highest, resolved_on
from series
limit 1 by unit, staff_id, person_id, indicator, found_on
