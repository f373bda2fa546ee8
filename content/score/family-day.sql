-- What each family weighs for a pair on every day on which something changed, before credits: the best indicator in full and
-- the second at {second_share}, capped. Each item says whether it only supports what other records show.
with
  wanted as (
    select d.staff_id as staff_id, d.person_id as person_id, d.on_day as on_day, s.indicator as indicator, 'pair' as unit, d.staff_id as of_staff, d.person_id as of_person
    from upstander.score_days d join (select distinct staff_id, person_id, indicator from upstander.score_weights where unit = 'pair') s on s.staff_id = d.staff_id and s.person_id = d.person_id
    union all
    select d.staff_id, d.person_id, d.on_day, s.indicator, 'staff', d.staff_id, ''
    from upstander.score_days d join (select distinct staff_id, indicator from upstander.score_weights where unit = 'staff') s on s.staff_id = d.staff_id
    union all
    select d.staff_id, d.person_id, d.on_day, s.indicator, 'person', '', d.person_id
    from upstander.score_days d join (select distinct person_id, indicator from upstander.score_weights where unit = 'person') s on s.person_id = d.person_id
  ),
  weighed as (
    select
      w.staff_id as staff_id, w.person_id as person_id, w.on_day as on_day, w.indicator as indicator, w.unit as unit, l.family as family, l.source as source, l.supporting as supporting, l.found_on as last_on,
      multiIf(
        w.unit = 'person' and l.resolved_on <= w.on_day, 0,
        l.half_life <= 0, l.highest,
        greatest(
          l.grown * exp2(-(toUInt16(w.on_day) - {epoch_day:UInt32}) / l.half_life),
          if(l.floored and l.resolved_on > w.on_day, {floor_share:Float64} * l.highest, 0))) as points
    from wanted w
    asof join upstander.score_weights l on l.unit = w.unit and l.staff_id = w.of_staff and l.person_id = w.of_person and l.indicator = w.indicator and w.on_day >= l.found_on
  )
select
  staff_id, person_id, on_day, family,
  arrayReverseSort(x -> x.1, groupArray((points, toString(indicator), toString(source), last_on, supporting))) as items,
  least(any(f.cap), items[1].1 + {second_share:Float64} * items[2].1) as raw_points
from weighed
join upstander.score_families f on f.family = weighed.family
group by staff_id, person_id, on_day, family
