-- The pair score: the families of a day together, each less its own credits, never below nothing.
-- What an indicator that only supports has found is left out of a pair's own points: they must be reached without it.
with
  -- The days of a kind together: joined one by one to the days that are scored they would have to be held against the credits twice.
  voids as (
    select staff_id, person_id, toString(family) as family, toString(credit) as credit, groupUniqArray(day) as days
    from upstander.credit_voids
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, person_id) in (select staff_id, person_id from upstander.score_family_days)
    group by staff_id, person_id, family, credit
  ),
  own_credits as (
    select staff_id, person_id, toString(family) as family, toString(credit) as credit, points, role, from_on, to_on, record_id
    from upstander.credits
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (staff_id, person_id, family) in (select staff_id, person_id, family from upstander.score_family_days)
  ),
  -- Of credits of one kind the one that lasts longest among those begun by a day says whether the kind still holds: one look-up a
  -- day, where every pair of a day and a credit would grow with the square of the contact.
  spans as (
    select staff_id, person_id, family, credit, points, role, from_on, max(to_on) over w as until, argMax(c.record_id, (to_on, c.record_id)) over w as record_id
    from own_credits c
    window w as (partition by staff_id, person_id, family, credit, points order by from_on range between unbounded preceding and current row)
  ),
  asked as (
    select r.staff_id as staff_id, r.person_id as person_id, r.on_day as on_day, r.family as family, k.credit as credit, k.points as points
    from (select staff_id, person_id, on_day, family from upstander.score_family_days) r
    join (select distinct staff_id, person_id, family, credit, points from own_credits) k on k.staff_id = r.staff_id and k.person_id = r.person_id and k.family = r.family
  ),
  credit_days as (
    select
      a.staff_id as staff_id, a.person_id as person_id, a.on_day as on_day, a.family as family, a.credit as credit,
      min(a.points) as points, argMin(s.record_id, (a.points, s.record_id)) as record_id, any(s.role) as role
    from asked a
    asof join spans s on s.staff_id = a.staff_id and s.person_id = a.person_id and s.family = a.family and s.credit = a.credit and s.points = a.points
      and a.on_day >= s.from_on
    where s.until >= a.on_day
    group by a.staff_id, a.person_id, a.on_day, a.family, a.credit
  ),
  credited as (
    select
      c.staff_id as staff_id, c.person_id as person_id, c.on_day as on_day, c.family as family,
      arraySort(x -> x.1, groupArrayIf((c.points, c.credit, c.record_id), not c.void)) as items,
      groupArrayIf(c.credit, c.void) as void_credits,
      items[1].1 + {second_share:Float64} * items[2].1 as taken
    from (
      select c.*, c.role and arrayExists(day -> day <= c.on_day and day + {void_days:UInt32} > c.on_day, v.days) as void
      from credit_days c
      left join voids v on v.staff_id = c.staff_id and v.person_id = c.person_id and v.family = c.family and v.credit = c.credit
    ) c
    group by c.staff_id, c.person_id, c.on_day, c.family
  ),
  credited_families as (
    select
      r.staff_id as staff_id, r.person_id as person_id, r.on_day as on_day, r.family as family, r.items as items, r.raw_points as raw_points,
      c.items as credits, c.void_credits as void_credits, greatest(0, r.raw_points + c.taken) as points, f.tops_up as tops_up,
      arrayFilter(i -> not i.5, r.items) as firm,
      greatest(0, least(f.cap, firm[1].1 + {second_share:Float64} * firm[2].1) + c.taken) as firm_points
    from upstander.score_family_days r
    join upstander.score_families f on f.family = r.family
    left join credited c on c.staff_id = r.staff_id and c.person_id = r.person_id and c.on_day = r.on_day and c.family = r.family
  ),
  together as (
    select staff_id, person_id, on_day, groupArray((family, points, raw_points, items, credits, void_credits, tops_up, firm_points)) as held
    from credited_families
    group by staff_id, person_id, on_day
  ),
  -- A family drawn from others adds only what those together, after their credits, fall short of it: nothing counts twice.
  parted as (
    select staff_id, person_id, on_day,
      arrayMap(p -> (p.1, greatest(0, p.2 - arraySum(o -> if(has(p.7, o.1), o.2, 0), held)), p.3, p.4, p.5, p.6, p.8), held) as families,
      arrayFilter(p -> p.1 not in ('F7', 'F8', 'F9'), families) as pair_families
    from together
  ),
  summed as (
    select
      staff_id, person_id, on_day,
      arraySum(p -> least(p.2, p.7), pair_families) as own,
      length(arrayFilter(s -> s != 'derived', arrayDistinct(arrayFlatten(arrayMap(p -> arrayMap(i -> i.3, arrayFilter(i -> i.1 > 0 and not i.5, p.4)), arrayFilter(p -> p.2 > 0, pair_families)))))) as sources,
      arraySum(p -> p.2, families) as total,
      arrayMap(p -> (p.1, round(p.2, 2), round(p.3, 2),
        arrayMap(i -> (i.2, round(i.1, 2), toString(i.4)), arrayFilter(i -> i.1 > 0, p.4)),
        arrayMap(i -> (i.2, round(i.1, 2), i.3), p.5), p.6), families) as parts
    from parted
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
