-- The pair score on every day on which something changed: what each indicator still weighs that day, the best of a family in
-- full and the second at {second_share}, capped, less that family's own credits, never below nothing.
with
  mine as (
    select * from upstander.findings where unit != 'person' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  openings as (
    select staff_id, person_id, min(found_on) as first_on from mine where unit = 'pair' group by staff_id, person_id
  ),
  days as (
    select staff_id, person_id, found_on as on_day from mine where unit = 'pair'
    union distinct
    select o.staff_id, o.person_id, s.found_on
    from openings o join (select distinct staff_id, found_on from mine where unit = 'staff') s on s.staff_id = o.staff_id
    where s.found_on >= o.first_on
    union distinct
    select staff_id, person_id, arrayJoin({extra_days:Array(Date)}) as on_day from openings where on_day >= first_on
    union distinct
    select staff_id, '', found_on from mine where unit = 'staff'
    union distinct
    select staff_id, '', arrayJoin({extra_days:Array(Date)}) as on_day from mine where unit = 'staff' and on_day >= found_on
  ),
  -- What an indicator still weighs only falls between findings, so the running greatest of points x 2^(day / half-life) is enough.
  series as (
    select
      f.unit as unit, f.staff_id as staff_id, f.person_id as person_id, f.indicator as indicator, f.found_on as found_on, r.family as family, r.source as source,
      r.half_life as half_life, r.floored as floored,
      max(f.points * exp2(if(r.half_life > 0, (toUInt16(f.found_on) - {epoch_day:UInt32}) / r.half_life, 0))) over w as grown,
      max(f.points) over w as highest,
      max(f.resolved_on) over w as resolved_on
    from (select * from mine union all select * from upstander.findings where unit = 'person' and person_id in (select person_id from openings)) f
    join upstander.score_rules r on r.indicator = f.indicator
    window w as (partition by f.staff_id, f.person_id, f.indicator order by f.found_on range between unbounded preceding and current row)
  ),
  latest as (select * from series limit 1 by unit, staff_id, person_id, indicator, found_on),
  wanted as (
    select d.staff_id as staff_id, d.person_id as person_id, d.on_day as on_day, s.indicator as indicator, 'pair' as unit, d.staff_id as of_staff, d.person_id as of_person
    from days d join (select distinct staff_id, person_id, indicator from latest where unit = 'pair') s on s.staff_id = d.staff_id and s.person_id = d.person_id
    union all
    select d.staff_id, d.person_id, d.on_day, s.indicator, 'staff', d.staff_id, ''
    from days d join (select distinct staff_id, indicator from latest where unit = 'staff') s on s.staff_id = d.staff_id
    union all
    select d.staff_id, d.person_id, d.on_day, s.indicator, 'person', '', d.person_id
    from days d join (select distinct person_id, indicator from latest where unit = 'person') s on s.person_id = d.person_id
  ),
  weighed as (
    select
      w.staff_id as staff_id, w.person_id as person_id, w.on_day as on_day, w.indicator as indicator, w.unit as unit, l.family as family, l.source as source, l.found_on as last_on,
      multiIf(
        w.unit = 'person' and l.resolved_on <= w.on_day, 0,
        l.half_life <= 0, l.highest,
        greatest(
          l.grown * exp2(-(toUInt16(w.on_day) - {epoch_day:UInt32}) / l.half_life),
          if(l.floored and l.resolved_on > w.on_day, {floor_share:Float64} * l.highest, 0))) as points
    from wanted w
    asof join latest l on l.unit = w.unit and l.staff_id = w.of_staff and l.person_id = w.of_person and l.indicator = w.indicator and w.on_day >= l.found_on
  ),
  raw as (
    select
      staff_id, person_id, on_day, family,
      arrayReverseSort(x -> x.1, groupArray((points, toString(indicator), toString(source), last_on))) as items,
      least(any(f.cap), items[1].1 + {second_share:Float64} * items[2].1) as raw_points
    from weighed
    join upstander.score_families f on f.family = weighed.family
    group by staff_id, person_id, on_day, family
  ),
  voids as (
    select staff_id, person_id, family, credit, day from upstander.credit_voids where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  credit_days as (
    select
      r.staff_id as staff_id, r.person_id as person_id, r.on_day as on_day, r.family as family,
      toString(c.credit) as credit, min(c.points) as points, any(c.record_id) as record_id, any(c.role) as role
    from (select staff_id, person_id, on_day, family from raw) r
    join (select * from upstander.credits where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) c
      on c.staff_id = r.staff_id and c.person_id = r.person_id and c.family = r.family
    where c.from_on <= r.on_day and c.to_on >= r.on_day
    group by r.staff_id, r.person_id, r.on_day, r.family, c.credit
  ),
  voided as (
    select distinct c.staff_id as staff_id, c.person_id as person_id, c.on_day as on_day, c.family as family, c.credit as credit
    from (select distinct staff_id, person_id, on_day, family, credit from credit_days where role) c
    join voids v on v.staff_id = c.staff_id and v.person_id = c.person_id and v.family = c.family and v.credit = c.credit
    where v.day <= c.on_day and v.day + {void_days:UInt32} > c.on_day
  ),
  credited as (
    select
      c.staff_id as staff_id, c.person_id as person_id, c.on_day as on_day, c.family as family,
      arraySort(x -> x.1, groupArrayIf((c.points, c.credit, c.record_id), not (c.role and v.family != ''))) as items,
      groupArrayIf(c.credit, c.role and v.family != '') as void_credits,
      items[1].1 + {second_share:Float64} * items[2].1 as taken
    from credit_days c
    left join voided v on v.staff_id = c.staff_id and v.person_id = c.person_id and v.on_day = c.on_day and v.family = c.family and v.credit = c.credit
    group by c.staff_id, c.person_id, c.on_day, c.family
  ),
  parted as (
    select
      r.staff_id as staff_id, r.person_id as person_id, r.on_day as on_day, r.family as family, r.items as items, r.raw_points as raw_points,
      c.items as credits, c.void_credits as void_credits, greatest(0, r.raw_points + c.taken) as points
    from raw r
    left join credited c on c.staff_id = r.staff_id and c.person_id = r.person_id and c.on_day = r.on_day and c.family = r.family
  ),
  summed as (
    select
      staff_id, person_id, on_day,
      sumIf(points, family not in ('F7', 'F8', 'F9')) as own,
      length(arrayDistinct(arrayFlatten(groupArrayIf(arrayMap(i -> i.3, arrayFilter(i -> i.1 > 0, items)), points > 0 and family not in ('F7', 'F8', 'F9'))))) as sources,
      sum(points) as total,
      groupArray((family, round(points, 2), round(raw_points, 2),
        arrayMap(i -> (i.2, round(i.1, 2), toString(i.4)), arrayFilter(i -> i.1 > 0, items)),
        arrayMap(i -> (i.2, round(i.1, 2), i.3), credits), void_credits)) as parts
    from parted
    group by staff_id, person_id, on_day
  ),
  scored as (
    select *,
      if(sources >= {agreement_sources:UInt32}, {agreement_points:Float64}, 0) as bonus,
      if(person_id = '', total, if(own >= {own_minimum:Float64}, total + bonus, own)) as points
    from summed
  )
select
  staff_id, person_id, on_day, round(points, 2) as points,
  multiIf(points >= {priority_at:Float64}, 'priority', points >= {develop_at:Float64}, 'develop', points >= {review_at:Float64}, 'review', points >= {watch_at:Float64}, 'watch', 'none') as band,
  if(person_id != '' and own < {own_minimum:Float64}, 0, bonus) as bonus,
  if(points >= {watch_at:Float64},
    toJSONString(cast(arraySort(p -> p.1, parts),
      'Array(Tuple(family String, points Float64, raw Float64, indicators Array(Tuple(id String, points Float64, last_on String)), credits Array(Tuple(id String, points Float64, record_id String)), void_credits Array(String)))')),
    '') as parts
from scored
